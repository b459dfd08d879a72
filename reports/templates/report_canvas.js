/* report_canvas.js - over 500 nodes the same drawing on a canvas; its elements stay, unseen, for keyboard,
   reader and paper.
   SPDX-License-Identifier: GPL-3.0-or-later */

Network.prototype.board = function () {
  this.canvas = el('canvas', {'aria-hidden': 'true'});
  this.svg.before(this.canvas);
  this.svg.classList.add('boarded');
  this.shapes = this.nodes.map((node) => new Path2D(node.querySelector('.k').getAttribute('d')));
  this.doubtful = this.edges.map((edge) => edge.matches('.weak'));
  const colours = () => {
    const seen = new Map();
    this.looks = this.nodes.map((node, i) => {
      const shape = node.querySelector('.k'), key = shape.getAttribute('class') + node.getAttribute('class');
      if (!seen.has(key)) {
        const style = getComputedStyle(shape);
        seen.set(key, {fill: style.fill, stroke: style.stroke, width: parseFloat(style.strokeWidth)});
      }
      return seen.get(key);
    });
    const root = getComputedStyle(document.documentElement);
    [this.edgeInk, this.accent, this.ink, this.halo] =
      ['--edge', '--accent', '--ink', '--halo'].map((key) => root.getPropertyValue(key).trim());
  };
  colours();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colours();
    this.move();
  });
  for (const kind of ['focusin', 'focusout']) this.paper.addEventListener(kind, () => this.move());
};

/* In pixels of the screen. */
Network.prototype.radius = function (i, u) {
  const s = u * this.k, r = this.facts.nodes[i][3];
  return this.large ? Math.max(2.5, r * Math.min(1.4, Math.sqrt(s))) : r * s * this.grow;
};

Network.prototype.paint = function () {
  const {nodes, edges} = this.facts, canvas = this.canvas, d = devicePixelRatio || 1;
  const box = this.svg.getBoundingClientRect(), u = this.unit();
  const wide = Math.round(box.width * d), high = Math.round(box.height * d);
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const left = (box.width - this.facts.width * u) / 2, top = (box.height - this.facts.height * u) / 2;
  const xs = nodes.map((node) => left + (node[1] * this.k + this.x) * u);
  const ys = nodes.map((node) => top + (node[2] * this.k + this.y) * u);
  const shade = (faint, far) => faint ? 0.14 : far ? 0.25 : 1;
  const g = canvas.getContext('2d');
  g.setTransform(d, 0, 0, d, 0, 0);
  g.clearRect(0, 0, box.width, box.height);

  const batches = new Map();
  edges.forEach(([a, b], e) => {
    if (this.gone(a) || this.gone(b)) return;
    if (Math.max(xs[a], xs[b]) < 0 || Math.min(xs[a], xs[b]) > box.width) return;
    if (Math.max(ys[a], ys[b]) < 0 || Math.min(ys[a], ys[b]) > box.height) return;
    const close = this.lines && this.lines.has(e);
    const alpha = shade(this.faint(a) || this.faint(b), this.lines && !close);
    const key = alpha + (close ? 4 : 0) + (this.doubtful[e] ? 8 : 0);
    if (!batches.has(key)) batches.set(key, {alpha, close, doubtful: this.doubtful[e], rows: []});
    batches.get(key).rows.push(a, b);
  });
  for (const batch of batches.values()) {
    g.globalAlpha = batch.alpha;
    g.strokeStyle = batch.close ? this.accent : this.edgeInk;
    g.lineWidth = batch.close ? 1.6 : 1;
    g.setLineDash(batch.doubtful ? [4, 3] : []);
    g.beginPath();
    for (let i = 0; i < batch.rows.length; i += 2) {
      g.moveTo(xs[batch.rows[i]], ys[batch.rows[i]]);
      g.lineTo(xs[batch.rows[i + 1]], ys[batch.rows[i + 1]]);
    }
    g.stroke();
  }
  g.setLineDash([]);

  const focused = this.nodes.indexOf(document.activeElement);
  nodes.forEach((node, i) => {
    const r = this.radius(i, u), look = this.looks[i];
    if (this.gone(i) || xs[i] < -20 || ys[i] < -20 || xs[i] > box.width + 20 || ys[i] > box.height + 20) return;
    const marked = i === this.chosen || i === focused;
    g.globalAlpha = shade(this.faint(i), this.ends && !this.ends.has(i));
    g.setTransform(d * r / 10, 0, 0, d * r / 10, d * xs[i], d * ys[i]);
    g.fillStyle = look.fill;
    g.fill(this.shapes[i]);
    g.strokeStyle = marked ? this.ink : look.stroke;
    g.lineWidth = Math.min(marked ? 4 : look.width, r / 2) * 10 / r;
    g.stroke(this.shapes[i]);
  });

  g.setTransform(d, 0, 0, d, 0, 0);
  g.font = this.letter + 'px ' + getComputedStyle(this.svg).fontFamily;
  g.lineWidth = 3;
  g.lineJoin = 'round';
  g.strokeStyle = this.halo;
  g.fillStyle = this.ink;
  this.labels.forEach((label, i) => {
    if (!label.shown) return;
    g.globalAlpha = shade(false, this.ends && !this.ends.has(i));
    g.textAlign = label.at.anchor === 'middle' ? 'center' : label.at.anchor;
    const x = xs[i] + label.at.x, y = ys[i] + label.at.y;
    g.strokeText(label.string, x, y);
    g.fillText(label.string, x, y);
  });
  g.globalAlpha = 1;
};
