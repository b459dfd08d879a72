/* report_tools.js - the bar above a network: zoom and filters.
   SPDX-License-Identifier: GPL-3.0-or-later */

/* ---- filter ---- */
Network.prototype.gone = function (i) {
  return this.off.has(page.entities[this.facts.nodes[i][0]][KIND]);
};
Network.prototype.faint = function (i) {
  return this.kept !== undefined && this.kept !== null && !this.kept.has(i);
};
/* Those who may fill the step, and whom the partner could act on: in a step it can raise a barrier at,
   or by a proposal of its own. */
Network.prototype.filter = function () {
  this.kept = null;
  if (this.step !== '' || this.partner !== '') {
    this.kept = new Set();
    this.facts.steps.forEach((step, s) => {
      if (this.step !== '' && Number(this.step) !== s) return;
      if (this.partner !== '' && !step[2].includes(Number(this.partner))) return;
      step[3].forEach((holder) => this.kept.add(holder[0]));
    });
    if (this.step === '')
      this.facts.nodes.forEach((node, i) => {
        if ((targets.get(node[0]) || []).some((row) => row[2] === Number(this.partner))) this.kept.add(i);
      });
  }
  let shown = 0;
  this.nodes.forEach((node, i) => {
    node.classList.toggle('gone', this.gone(i));
    node.classList.toggle('faint', this.faint(i));
    shown += !this.gone(i) && !this.faint(i);
  });
  this.facts.edges.forEach((edge, e) => {
    this.edges[e].classList.toggle('gone', this.gone(edge[0]) || this.gone(edge[1]));
    this.edges[e].classList.toggle('faint', this.faint(edge[0]) || this.faint(edge[1]));
  });
  this.status.textContent = this.kept || this.off.size ? say('net_shown', shown, this.count) : '';
  this.draw();
};

/* ---- the bar above the drawing ---- */
Network.prototype.tools = function () {
  const id = 'n' + this.number;
  const choice = (word, every, options, act) => {
    const select = el('select', {}, el('option', {value: ''}, say(every)),
      ...options.map(([value, text]) => el('option', {value}, text)));
    select.addEventListener('change', () => act(select.value));
    return el('label', {}, el('span', {}, say(word)), select);
  };
  const {steps, nodes} = this.facts;
  const models = new Set(steps.map((step) => step[1]));
  const kinds = [...new Set(nodes.map((node) => page.entities[node[0]][KIND]))].sort((a, b) => a - b);
  const partners = new Set([].concat(...steps.map((step) => step[2])));
  nodes.forEach((node) => (targets.get(node[0]) || []).forEach((row) => partners.add(row[2])));
  const bar = el('div', {class: 'tools', role: 'group', 'aria-labelledby': 'c' + this.number + '-title'},
    zoomers(this));
  if (steps.length)
    bar.append(choice('net_step', 'net_steps',
      steps.map((step, s) => [s, models.size > 1 ? step[0] + ' (' + step[1] + ')' : step[0]]),
      (value) => { this.step = value; this.filter(); }));
  if (partners.size)
    bar.append(choice('net_partner', 'net_partners', [...partners].sort((a, b) => a - b).map((p) => [p, page.partners[p]]),
      (value) => { this.partner = value; this.filter(); }));
  if (kinds.length > 1)
    bar.append(el('span', {class: 'kinds', role: 'group', 'aria-label': say('net_kinds')}, ...kinds.map((kind) => {
      const out = el('button', {type: 'button', 'aria-pressed': 'true'}, page.kinds[kind][1]);
      out.addEventListener('click', () => {
        if (!this.off.delete(kind)) this.off.add(kind);
        out.setAttribute('aria-pressed', String(!this.off.has(kind)));
        this.filter();
      });
      return out;
    })));
  this.status = el('span', {class: 'shown', role: 'status'});
  bar.append(this.status);
  this.help = el('p', {class: 'help', id: id + '-help'}, say('net_help'));
  this.paper.before(bar);
  this.paper.after(this.help);
  this.svg.setAttribute('aria-describedby', id + '-help');
  this.tip = el('div', {class: 'tip', 'aria-hidden': 'true', hidden: ''});
  this.paper.append(this.tip);
  this.panel = el('aside', {class: 'panel', 'aria-label': say('panel_title'), tabindex: '-1', hidden: ''});
  this.figure.after(this.panel);
  this.panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') this.close(true);
  });
};
