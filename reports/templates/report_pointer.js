/* report_pointer.js - a network under the pointer and the keys.
   SPDX-License-Identifier: GPL-3.0-or-later */

/* What is under the point: a node, else an edge, else null. */
Network.prototype.under = function ([px, py], reach) {
  const {nodes, edges} = this.facts, x = (px - this.x) / this.k, y = (py - this.y) / this.k;
  const unit = this.unit(), u = unit * this.k;
  let best = null, least = Infinity;
  nodes.forEach((node, i) => {
    if (this.gone(i)) return;
    const d = Math.hypot(node[1] - x, node[2] - y) * u;
    if (d < Math.max(this.radius(i, unit) + 3, reach) && d < least) [best, least] = [{node: i}, d];
  });
  if (best) return best;
  least = reach * 0.6;
  edges.forEach((edge, e) => {
    if (this.gone(edge[0]) || this.gone(edge[1])) return;
    const [, ax, ay] = nodes[edge[0]], [, bx, by] = nodes[edge[1]];
    const dx = bx - ax, dy = by - ay;
    const t = near(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 1);
    const d = Math.hypot(ax + t * dx - x, ay + t * dy - y) * u;
    if (d < least) [best, least] = [{edge: e}, d];
  });
  return best;
};

Network.prototype.listen = function () {
  const svg = this.svg;
  gestures(this);
  svg.addEventListener('pointerleave', () => { this.tip.hidden = true; });
  this.paper.addEventListener('focusin', (event) => {
    const i = this.nodes.indexOf(event.target);
    if (i >= 0) this.rove(i);
  });
  svg.addEventListener('keydown', (event) => this.key(event));
  new ResizeObserver(() => this.draw()).observe(this.paper);
};
Network.prototype.tap = function (event) {
  const at = this.under(point(this.svg, event), event.pointerType === 'mouse' ? 7 : 16);
  if (at) this.choose(at, false);
  else this.close(false);
};
/* At most once a frame. */
Network.prototype.rest = function (event) {
  if (this.hovers) return;
  this.hovers = requestAnimationFrame(() => { this.hovers = 0; this.hover(event); });
};

Network.prototype.hover = function (event) {
  const at = this.under(point(this.svg, event), 7), tip = this.tip;
  this.svg.classList.toggle('over', at !== null);
  tip.hidden = at === null;
  if (!at) return;
  const label = (i) => page.entities[this.facts.nodes[i][0]];
  tip.replaceChildren();
  if (at.node !== undefined) {
    const entity = label(at.node);
    tip.append(el('b', {}, name(entity[NAME])), el('br'), page.kinds[entity[KIND]][1] + ' ', name(entity[KEY]));
    this.fills(at.node).forEach((text) => tip.append(el('br'), text));
  } else {
    const edge = this.facts.edges[at.edge];
    edge[2].slice(0, 6).forEach((link, l) => {
      const [from, to] = link[1] ? [edge[1], edge[0]] : [edge[0], edge[1]];
      tip.append(...(l ? [el('br')] : []), name(label(from)[NAME]), ' ' + page.links[link[0]] + ' ', name(label(to)[NAME]));
    });
  }
  const box = this.paper.getBoundingClientRect();
  const x = event.clientX - box.left, y = event.clientY - box.top;
  tip.style.left = near(4, x + 14, Math.max(4, box.width - tip.offsetWidth - 6)) + 'px';
  tip.style.top = (y + 18 + tip.offsetHeight > box.height ? Math.max(2, y - tip.offsetHeight - 8) : y + 18) + 'px';
};

Network.prototype.rove = function (i) {
  this.nodes.forEach((node, j) => node.setAttribute('tabindex', i === j ? 0 : -1));
  this.reveal(i);
};

/* The nearest node within a quarter turn of the arrow. */
Network.prototype.toward = function (i, dx, dy) {
  const [, x, y] = this.facts.nodes[i];
  let best = -1, least = Infinity;
  this.facts.nodes.forEach((node, j) => {
    const along = (node[1] - x) * dx + (node[2] - y) * dy, aside = Math.abs((node[1] - x) * dy - (node[2] - y) * dx);
    if (j === i || this.gone(j) || this.faint(j) || along <= 0 || aside > along * 1.2) return;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [j, cost];
  });
  return best;
};

Network.prototype.key = function (event) {
  const i = this.nodes.indexOf(event.target);
  const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  const acts = {'+': () => this.zoom(1.5), '=': () => this.zoom(1.5), '-': () => this.zoom(1 / 1.5), '0': () => this.fit(),
    Escape: () => this.close(true)};
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (arrows[event.key] && i >= 0) {
    const next = this.toward(i, ...arrows[event.key]);
    if (next >= 0) this.nodes[next].focus({preventScroll: true});
  } else if ((event.key === 'Enter' || event.key === ' ') && i >= 0) {
    this.choose({node: i}, true);
  } else if (acts[event.key]) {
    acts[event.key]();
  } else {
    return;
  }
  event.preventDefault();
};
