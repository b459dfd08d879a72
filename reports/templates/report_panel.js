/* report_panel.js - facts and sources of what was chosen in a network.
   SPDX-License-Identifier: GPL-3.0-or-later */

Network.prototype.fills = function (i) {
  const out = [];
  for (const step of this.facts.steps)
    for (const holder of step[3]) if (holder[0] === i) out.push(say('panel_step', holder[1], holder[2], step[0]));
  return out;
};

/* at: {node} or {edge}; into: the keyboard goes to the panel. */
Network.prototype.choose = function (at, into) {
  const {edges} = this.facts, ends = new Set(), lines = new Set();
  nets.forEach((net) => { if (net !== this && net.live) net.close(false); });
  this.chosen = at.node === undefined ? null : at.node;
  if (at.node === undefined) {
    edges[at.edge].slice(0, 2).forEach((i) => ends.add(i));
    lines.add(at.edge);
  } else {
    ends.add(at.node);
    this.around[at.node].forEach((e) => {
      lines.add(e);
      ends.add(edges[e][0]).add(edges[e][1]);
    });
  }
  [this.ends, this.lines] = [ends, lines];
  this.back = at.node === undefined ? edges[at.edge][0] : at.node;
  this.svg.classList.add('picked');
  this.nodes.forEach((node, i) => {
    node.classList.toggle('near', ends.has(i));
    node.classList.toggle('chosen', i === this.chosen);
    this.labels[i].text.classList.toggle('near', ends.has(i));
  });
  this.edges.forEach((edge, e) => edge.classList.toggle('near', lines.has(e)));
  this.panel.replaceChildren(...(at.node === undefined ? this.tellEdge(at.edge) : this.tellNode(at.node)));
  this.panel.hidden = false;
  this.pair.classList.add('open');
  this.panel.scrollTop = 0;
  this.draw();
  if (at.node !== undefined) this.nodes.forEach((node, j) => node.setAttribute('tabindex', j === at.node ? 0 : -1));
  if (into) this.panel.focus({preventScroll: true});
};

Network.prototype.close = function (back) {
  if (this.panel.hidden) return;
  this.panel.hidden = true;
  this.pair.classList.remove('open');
  this.svg.classList.remove('picked');
  this.chosen = this.ends = this.lines = null;
  this.nodes.forEach((node) => node.classList.remove('near', 'chosen'));
  this.edges.forEach((edge) => edge.classList.remove('near'));
  if (back) this.nodes[this.back].focus({preventScroll: true});
  this.draw();
};

Network.prototype.head = function (...title) {
  const close = el('button', {type: 'button', class: 'close', 'aria-label': say('panel_close'), title: say('panel_close')}, '\u00d7');
  close.addEventListener('click', () => this.close(true));
  return el('header', {}, el('h4', {}, ...title), close);
};
Network.prototype.part = function (word, items) {
  return el('section', {}, el('h5', {}, say(word)), items.length ? el('ul', {}, ...items) : el('p', {class: 'none'}, say('panel_none')));
};
/* The other end of a link, as a button that goes there. */
Network.prototype.end = function (i) {
  const out = el('button', {type: 'button', class: 'end'}, name(page.entities[this.facts.nodes[i][0]][NAME]));
  out.addEventListener('click', () => {
    this.choose({node: i}, true);
    this.reveal(i);
  });
  return out;
};
Network.prototype.link = function (edge, link, self) {
  const [kind, reversed, sure, since, until, source, line] = link;
  const [from, to] = reversed ? [edge[1], edge[0]] : [edge[0], edge[1]];
  const end = (i) => i === self ? name(page.entities[this.facts.nodes[i][0]][NAME]) : this.end(i);
  const more = [since && say('panel_since', since), until && say('panel_until', until), say('panel_sure', sure)].filter(Boolean);
  return el('li', {}, end(from), ' ' + page.links[kind] + ' ', end(to), el('small', {}, more.join(', ')), origin(source, line));
};
Network.prototype.tellNode = function (i) {
  const [index, , , , , degree, fall, spil] = this.facts.nodes[i];
  const entity = page.entities[index];
  const links = [];
  this.around[i].forEach((e) => this.facts.edges[e][2].forEach((link) => links.push(this.link(this.facts.edges[e], link, i))));
  return [
    this.head(name(entity[NAME])),
    el('p', {class: 'sub'}, page.kinds[entity[KIND]][1] + ' ', el('bdi', {class: 'key'}, entity[KEY]), ' ', origin(entity[SOURCE], entity[LINE])),
    el('p', {}, [spil ? say('panel_spil') : '', fall ? say('panel_fall', fall) : '', say('panel_degree', degree)].filter(Boolean).join(' ')),
    ...(targets.has(index) ? [this.part('panel_target', targets.get(index).map((row) =>
      el('li', {}, row[0] + '. ', el('a', {href: '#t' + row[0]}, row[3]))))] : []),
    ...(this.fills(i).length ? [this.part('panel_fills', this.fills(i).map((text) => el('li', {}, text)))] : []),
    this.part('panel_roles', entity[ROLES].map(([role, step, model, sure, source, line]) =>
      el('li', {}, role, el('small', {}, say('panel_role', step, model, sure)), origin(source, line)))),
    this.part('panel_signals', entity[SIGNALS].map(([signal, date, strength, sure, source, line]) =>
      el('li', {}, date ? signal + ', ' + date : signal, el('small', {}, say('panel_signal', strength, sure)), origin(source, line)))),
    this.part('panel_links', links),
    this.part('panel_facts', entity[ATTRIBUTES].map(([key, value, source, line]) =>
      el('li', {}, el('b', {}, name(key)), ' ', name(value), ' ', origin(source, line)))),
  ];
};
Network.prototype.tellEdge = function (e) {
  const edge = this.facts.edges[e];
  const [from, to] = [edge[0], edge[1]].map((i) => page.entities[this.facts.nodes[i][0]][NAME]);
  return [this.head(say('panel_link', '\u2068' + from + '\u2069', '\u2068' + to + '\u2069')),
    this.part('panel_links', edge[2].map((link) => this.link(edge, link, -1)))];
};
