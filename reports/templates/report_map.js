/* report_map.js - a map moves and zooms; a point is a button that shows its facts in the network above it.
   SPDX-License-Identifier: GPL-3.0-or-later
   Positions, names and the net of degrees are those that were drawn (html_map.c): points and letters keep their size
   while the land grows under them, and the scale bar is drawn anew. */

function Chart(net, svg) {
  this.svg = svg;
  this.paper = svg.parentElement;
  [this.width, this.height] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
  this.view = svg.querySelector('.view');
  this.metre = Number(svg.dataset.metre); /* units of the drawing, when whole */
  const place = (node) => ({node, x: Number(node.dataset.x), y: Number(node.dataset.y)});
  this.points = [...svg.querySelectorAll('.p')].map(place);
  this.degrees = [...svg.querySelectorAll('.degrees text')].map((node) =>
    ({node, along: node.classList.contains('across') ? 'x' : 'y', at: Number(node.dataset.at)}));
  const family = getComputedStyle(svg).fontFamily;
  for (const row of this.degrees) row.ems = ems(row.node.textContent, 400, family);
  this.names = this.points.map((point) => ({...point, text: point.node.querySelector('text')})).filter((row) => row.text)
    .map((row) => ({...row, ems: ems(row.text.textContent, 400, family)}))
    .sort((a, b) => b.node.matches('.target') - a.node.matches('.target'));
  for (const {node} of this.points) {
    const open = () => goTo(net.facts.nodes[node.dataset.node][0]);
    node.setAttribute('role', 'button');
    node.setAttribute('tabindex', '0');
    node.setAttribute('aria-label', node.querySelector('title').textContent);
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open();
    });
    node.open = open;
    node.addEventListener('focus', () => this.reveal(node));
  }
  svg.classList.add('live');
  this.paper.removeAttribute('tabindex');
  this.paper.classList.add('live');
  this.paper.before(el('div', {class: 'tools', role: 'group', 'aria-labelledby': svg.getAttribute('aria-labelledby')}, zoomers(this)));
  this.paper.after(el('p', {class: 'help'}, say('map_help')));
  svg.addEventListener('keydown', (event) => {
    const acts = {'+': () => this.zoom(1.5), '=': () => this.zoom(1.5), '-': () => this.zoom(1 / 1.5), '0': () => this.fit()};
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  });
  gestures(this);
  new ResizeObserver(() => this.draw()).observe(this.paper);
  this.fit();
}

Chart.prototype.unit = function () {
  return this.svg.getBoundingClientRect().width / this.width || 1;
};
Chart.prototype.rest = () => {};
Chart.prototype.tap = function (event) {
  const node = event.target.closest('.p') || this.nearest(point(this.svg, event), event.pointerType === 'mouse' ? 8 : 20);
  if (node) node.open();
};
Chart.prototype.nearest = function ([px, py], reach) {
  let best = null, least = reach / this.unit();
  for (const {node, x, y} of this.points) {
    const d = Math.hypot(x * this.k + this.x - px, y * this.k + this.y - py);
    if (d < least) [best, least] = [node, d];
  }
  return best;
};
Chart.prototype.pan = function (dx, dy) {
  this.x += dx;
  this.y += dy;
  this.draw();
};
Chart.prototype.zoom = function (factor, px = this.width / 2, py = this.height / 2) {
  const k = near(1, this.k * factor, 60);
  this.x = px - (px - this.x) * k / this.k;
  this.y = py - (py - this.y) * k / this.k;
  this.k = k;
  this.draw();
};
Chart.prototype.fit = function () {
  [this.k, this.x, this.y] = [1, 0, 0];
  this.draw();
};
/* A point that the keyboard came to comes into sight. */
Chart.prototype.reveal = function (node) {
  const {x, y} = this.points.find((row) => row.node === node), at = [x * this.k + this.x, y * this.k + this.y];
  if (at[0] > 0 && at[1] > 0 && at[0] < this.width && at[1] < this.height) return;
  this.pan(this.width / 2 - at[0], this.height / 2 - at[1]);
};

/* The land stays under the frame: no panning past its edges. */
Chart.prototype.draw = function () {
  const {k, width, height} = this;
  this.x = near(width * (1 - k), this.x, 0);
  this.y = near(height * (1 - k), this.y, 0);
  this.view.setAttribute('transform', `translate(${this.x.toFixed(2)} ${this.y.toFixed(2)}) scale(${k.toFixed(4)})`);
  this.svg.style.touchAction = k > 1 ? 'none' : 'pan-y';
  const size = 1 / (k * Math.max(this.unit(), 0.01)); /* a pixel of the screen, in the land's units */
  const dot = Math.max(size, 1 / k);
  for (const {node, x, y} of this.points) node.setAttribute('transform', `translate(${x} ${y}) scale(${dot.toFixed(5)})`);
  let end = -Infinity; /* of the degree written last along the bottom: one that would touch it is left out */
  for (const {node, along, at, ems: wide} of this.degrees) {
    node.classList.toggle('off', along === 'y' && at < end);
    if (along === 'y' && at >= end) end = at + (11 * wide + 8) * size;
    node.setAttribute('font-size', (11 * size).toFixed(4));
    node.setAttribute('x', (along === 'x' ? (6 * size * k - this.x) / k : at + 4 * size).toFixed(3));
    node.setAttribute('y', (along === 'x' ? at - 4 * size : (height - 7 * size * k - this.y) / k).toFixed(3));
  }
  this.bar();
  this.name(dot);
};

/* The largest of 1, 2, 5 times a power of ten metres that fits a quarter of the width. */
Chart.prototype.bar = function () {
  const unit = this.metre * this.k, most = this.width / 4 / unit, power = 10 ** Math.floor(Math.log10(most));
  const metres = power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
  const scale = this.svg.querySelector('.scale'), right = this.width - 16;
  scale.querySelector('path').setAttribute('d', `M${(right - metres * unit).toFixed(1)} 14v8H${right}v-8`);
  scale.querySelector('text').textContent = metres >= 1000 ? metres / 1000 + ' km' : metres + ' m';
};

/* Names beside their points where they touch no other name or point; those of targets come first. */
Chart.prototype.name = function (dot) {
  const scale = dot * this.k, letter = 13 * scale, taken = [];
  const at = (row) => [row.x * this.k + this.x, row.y * this.k + this.y];
  const discs = this.points.map((row) => at(row)).map(([x, y]) => [x - 7 * scale, y - 7 * scale, x + 7 * scale, y + 7 * scale]);
  const sides = [[13, 4, 'start'], [-13, 4, 'end'], [0, -16, 'middle'], [0, 24, 'middle']];
  for (const row of this.names) {
    const [x, y] = at(row), wide = row.ems * letter, own = this.points.findIndex((other) => other.node === row.node);
    const box = ([dx, dy, anchor]) => {
      const left = x + dx * scale - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0), low = y + dy * scale;
      return [left, low - letter * 0.85, left + wide, low + letter * 0.25];
    };
    const side = sides.find((one) => {
      const area = box(one);
      return area[0] >= 0 && area[2] <= this.width && area[1] >= 0 && area[3] <= this.height &&
        !taken.some((other) => overlap(area, other)) && !discs.some((disc, i) => i !== own && overlap(area, disc));
    });
    row.text.classList.toggle('off', !side);
    if (!side) continue;
    taken.push(box(side));
    row.text.setAttribute('x', side[0]);
    row.text.setAttribute('y', side[1]);
    row.text.setAttribute('text-anchor', side[2]);
  }
};

const charts = [];
function chart(net) {
  for (const svg of net.article.querySelectorAll('.map svg')) charts.push(new Chart(net, svg));
}
