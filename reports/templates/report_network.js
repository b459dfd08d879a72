/* report_network.js - one network: takes the drawing over, zooms it, and finds room for its names.
   SPDX-License-Identifier: GPL-3.0-or-later */

function Network(article) {
  this.article = article;
  this.number = article.id.slice(1);
  this.facts = JSON.parse(article.querySelector('script.drawn').textContent);
  this.count = this.facts.nodes.length;
  this.facts.nodes.forEach((node, i) => {
    if (!places.has(node[0])) places.set(node[0], {net: this, node: i});
  });
  this.live = false;
}

/* Takes the drawing over: once, when it comes near the screen or something is found in it. */
Network.prototype.wake = function () {
  if (this.live) return;
  this.live = true;
  const svg = this.svg = this.article.querySelector('svg.network');
  this.paper = svg.parentElement;
  this.pair = this.article.querySelector('.pair');
  this.figure = this.article.querySelector('figure.net');
  this.view = document.createElementNS(svg.namespaceURI, 'g');
  this.view.append(...svg.querySelectorAll(':scope > g'));
  svg.append(this.view);
  svg.classList.add('live');
  this.paper.removeAttribute('tabindex');
  this.paper.classList.add('live');
  this.x = this.y = 0;
  this.k = 1;
  this.chosen = null;
  this.off = new Set();
  this.step = this.partner = '';
  this.large = this.count > LARGE;
  this.take();
  if (this.large) this.board();
  this.tools();
  this.listen();
  this.draw();
};

/* Nodes, edges and labels as they stand in the drawing, in the order of the facts. */
Network.prototype.take = function () {
  const {nodes, edges} = this.facts;
  this.nodes = [...this.view.querySelectorAll('.nodes > .v')];
  this.edges = [...this.view.querySelectorAll('.edges > .e')];
  this.around = nodes.map(() => []);
  edges.forEach((edge, e) => {
    this.around[edge[0]].push(e);
    this.around[edge[1]].push(e);
  });
  this.nodes.forEach((node, i) => {
    const entity = page.entities[nodes[i][0]];
    node.querySelector('title').remove();
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', entity[NAME] + ', ' + page.kinds[entity[KIND]][1]);
  });
  this.edges.forEach((edge) => edge.querySelector('title').remove());
  const written = [...this.view.querySelectorAll('.labels text')];
  const group = this.group = this.view.querySelector('.labels');
  const family = getComputedStyle(this.svg).fontFamily;
  this.labels = nodes.map((node, i) => {
    const [entity, x, y, r] = node;
    const has = node[8] === 1;
    let text = has ? written.shift() : null;
    if (!has) {
      const full = [...page.entities[entity][NAME]];
      text = document.createElementNS(group.namespaceURI, 'text');
      text.setAttribute('class', 'l');
      text.textContent = full.length > 28 ? full.slice(0, 27).join('') + '\u2026' : full.join('');
      if (!this.large) group.append(text);
    }
    /* where it was drawn, for letters of the drawing's size */
    const drawn = has ? {x: text.getAttribute('x') - x, y: text.getAttribute('y') - y,
      anchor: text.getAttribute('text-anchor') || 'start'} : null;
    const bold = text.matches('.target, .spil') ? 1.08 : 1;
    return {text, has, drawn, at: drawn || {x: r + 4, y: 4, anchor: 'start'}, string: text.textContent, shown: has,
      ems: bold * ems(text.textContent, bold > 1 ? 600 : 400, family)};
  });
  this.order = nodes.map((node, i) => i).sort((a, b) => this.weight(b) - this.weight(a) || a - b);
  this.nodes.forEach((node, i) => node.setAttribute('tabindex', i === this.order[0] ? 0 : -1));
};

Network.prototype.weight = function (i) {
  const node = this.facts.nodes[i];
  return (node[7] ? 8000 : 0) + (node[4] > 0 ? 4000 : 0) + (node[8] ? 2000 : 0) + this.around[i].length;
};

/* ---- drawing ---- */

/* Screen pixels for each unit of the drawing. */
Network.prototype.unit = function () {
  const box = this.svg.getBoundingClientRect();
  return Math.min(box.width / this.facts.width, box.height / this.facts.height) || 1;
};

Network.prototype.move = function () {
  if (this.large) {
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.paint(); });
    return;
  }
  this.view.setAttribute('transform', `translate(${this.x.toFixed(2)} ${this.y.toFixed(2)}) scale(${this.k.toFixed(4)})`);
  this.svg.style.touchAction = this.k > 1 ? 'none' : 'pan-y';
};

/* After a zoom: nodes grow with its root, names stay readable, edges stay thin. */
Network.prototype.draw = function () {
  const {nodes, font} = this.facts;
  const u = this.printed ? 1 : this.unit(), letter = this.printed ? font : near(READABLE, font * u, 15);
  const s = u * this.k, grow = Math.max(1 / Math.sqrt(this.k), 0) * Math.min(1, 1 / this.k + 0.5);
  this.move();
  [this.grow, this.letter] = [grow, letter];
  this.name(u, letter);
  if (this.large) return;
  this.nodes.forEach((node, i) => node.setAttribute('transform', `translate(${nodes[i][1]} ${nodes[i][2]}) scale(${grow.toFixed(3)})`));
  this.group.setAttribute('font-size', (letter / s).toFixed(3));
  this.group.style.strokeWidth = (3 * letter / (font * s)).toFixed(3) + 'px';
  this.labels.forEach((label, i) => {
    label.text.classList.toggle('off', !label.shown);
    label.text.setAttribute('x', (nodes[i][1] + label.at.x / s).toFixed(2));
    label.text.setAttribute('y', (nodes[i][2] + label.at.y / s).toFixed(2));
    label.text.setAttribute('text-anchor', label.at.anchor);
  });
};

/* Places for a name beside a node of so many pixels: where it was drawn, else right, left, below, above. */
const spots = (label, r, letter, font) => [
  ...(label.drawn ? [{x: label.drawn.x * letter / font, y: label.drawn.y * letter / font, anchor: label.drawn.anchor}] : []),
  {x: r + 4, y: letter * 0.34, anchor: 'start'}, {x: -r - 4, y: letter * 0.34, anchor: 'end'},
  {x: 0, y: r + letter, anchor: 'middle'}, {x: 0, y: -r - letter * 0.4, anchor: 'middle'},
];

/* Which names have room, and where: as they were drawn when the letters are no larger than they were then; else the
   most telling first, each beside its node without touching a name, a node or, in the whole drawing, the frame. */
Network.prototype.name = function (u, letter) {
  const {nodes, font, width, height} = this.facts, s = u * this.k;
  const home = Math.abs(this.k - 1) < 0.05, asDrawn = home && !this.large && letter <= font * u * 1.02;
  const xs = nodes.map((node) => (node[1] * this.k + this.x) * u), ys = nodes.map((node) => (node[2] * this.k + this.y) * u);
  const rs = nodes.map((node, i) => this.radius(i, u)), taken = [];
  const discs = this.large ? [] : nodes.map((node, i) => [xs[i] - rs[i], ys[i] - rs[i], xs[i] + rs[i], ys[i] + rs[i]]);
  const framed = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= width * u && box[3] <= height * u;
  for (const i of this.order) {
    const label = this.labels[i], wide = label.ems * letter, [first, ...others] = spots(label, rs[i], letter, font);
    const out = this.large && !framed([xs[i], ys[i], xs[i], ys[i]]);
    const hidden = out || this.gone(i) || this.faint(i);
    label.at = first;
    label.shown = label.has && !hidden;
    if (asDrawn || hidden) continue;
    const box = (at) => {
      const left = xs[i] + at.x - (at.anchor === 'end' ? wide : at.anchor === 'middle' ? wide / 2 : 0), low = ys[i] + at.y;
      return [left - 2, low - letter * 0.9, left + wide + 2, low + letter * 0.3];
    };
    const telling = nodes[i][7] || nodes[i][4] > 0; /* the spil and targets may cover other nodes, never their names */
    const free = (at) => {
      const area = box(at);
      return (!home || framed(area)) && !taken.some((other) => overlap(area, other)) &&
        (telling || !discs.some((disc, j) => j !== i && !this.gone(j) && overlap(area, disc)));
    };
    const found = free(first) ? first : others.find(free);
    label.shown = found !== undefined || i === this.chosen;
    label.at = found || first;
    if (label.shown) taken.push(box(label.at));
  }
};

/* Zooms by a factor around a point of the drawing. */
Network.prototype.zoom = function (factor, px, py) {
  const k = near(LEAST, this.k * factor, MOST / Math.min(1, this.unit()));
  const cx = px === undefined ? this.facts.width / 2 : px, cy = py === undefined ? this.facts.height / 2 : py;
  this.x = cx - (cx - this.x) * k / this.k;
  this.y = cy - (cy - this.y) * k / this.k;
  this.k = k;
  this.draw();
};
Network.prototype.pan = function (dx, dy) {
  this.tip.hidden = true;
  this.x += dx;
  this.y += dy;
  this.move();
};
Network.prototype.fit = function () {
  this.k = 1;
  this.x = this.y = 0;
  this.draw();
};
Network.prototype.show = function (i, least) {
  if (least > 1) least = Math.max(least, 1 / this.unit());
  const [, x, y] = this.facts.nodes[i], {width, height} = this.facts;
  if (this.k < least) this.k = least;
  this.x = width / 2 - x * this.k;
  this.y = height / 2 - y * this.k;
  this.draw();
};
/* Moves only when the node is out of sight. */
Network.prototype.reveal = function (i) {
  const [, x, y] = this.facts.nodes[i];
  const at = [x * this.k + this.x, y * this.k + this.y];
  if (at[0] < 10 || at[1] < 10 || at[0] > this.facts.width - 10 || at[1] > this.facts.height - 10) this.show(i, this.k);
};
