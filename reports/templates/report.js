/* report.js - makes the drawings of report.html answer: move, zoom, find, filter, facts with sources.
   SPDX-License-Identifier: GPL-3.0-or-later
   Without it the page reads the same; it takes over the drawings that are there and draws nothing anew.
   It asks nothing of the outside, keeps nothing, and shows foreign text as text alone (textContent).
   Every sentence comes with the page's facts (html_facts.c tells their shape). */
(() => {
  'use strict';
  const page = JSON.parse(document.getElementById('facts').textContent);
  const [KEY, NAME, KIND, SOURCE, LINE, ATTRIBUTES, ROLES, SIGNALS] = [0, 1, 2, 3, 4, 5, 6, 7];
  const LEAST = 0.6, MOST = 14, LETTER = 0.56, READABLE = 11.5, LARGE = 500;

  const say = (key, ...parts) => page.words[key].replace(/\{(\d)\}/g, (all, n) => parts[n - 1]);

  /* An element; children are elements or texts. */
  function el(tag, attributes, ...children) {
    const out = document.createElement(tag);
    for (const name in attributes || {})
      if (attributes[name] !== null) out.setAttribute(name, attributes[name]);
    out.append(...children.filter((child) => child !== null && child !== ''));
    return out;
  }
  const name = (text) => el('bdi', {}, text);
  const origin = (source, line) =>
    el('cite', {class: 'origin'}, name(page.sources[source] || '-'), ', ' + say('line') + ' ' + line);
  const near = (low, value, high) => Math.min(Math.max(value, low), high);

  /* ---- where each entity is ---- */
  const places = new Map(); /* entity: {net, node} of its first drawing */
  const targets = new Map(); /* entity: its rows of targets */
  for (const row of page.targets) targets.set(row[1], (targets.get(row[1]) || []).concat([row]));
  const nets = [];

  /* ---- one network ---- */
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
      const anchor = text.getAttribute('text-anchor') || 'start';
      return {text, has, anchor, length: [...text.textContent].length, string: text.textContent, shown: has,
        dx: has ? text.getAttribute('x') - x : r + 4,
        dy: has ? text.getAttribute('y') - y : this.facts.font * 0.34};
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
    const q = letter / (font * u * this.k), grow = Math.max(1 / Math.sqrt(this.k), 0) * Math.min(1, 1 / this.k + 0.5);
    this.move();
    [this.grow, this.letter] = [grow, letter];
    if (this.large) {
      this.name(u, letter);
      return;
    }
    this.nodes.forEach((node, i) => node.setAttribute('transform', `translate(${nodes[i][1]} ${nodes[i][2]}) scale(${grow.toFixed(3)})`));
    this.group.setAttribute('font-size', (font * q).toFixed(3));
    this.group.style.strokeWidth = (3 * q).toFixed(3) + 'px';
    this.labels.forEach((label, i) => {
      label.text.setAttribute('x', (nodes[i][1] + label.dx * q).toFixed(2));
      label.text.setAttribute('y', (nodes[i][2] + label.dy * q).toFixed(2));
    });
    this.name(u, letter);
  };

  /* Which names have room: all that were drawn with room at full size; else the most telling first. */
  Network.prototype.name = function (u, letter) {
    const whole = u > 0.85 && Math.abs(this.k - 1) < 0.05, taken = [];
    const s = u * this.k;
    for (const i of this.order) {
      const label = this.labels[i], [, x, y] = this.facts.nodes[i];
      const sx = x * this.k + this.x, sy = y * this.k + this.y;
      const out = this.large && (sx < 0 || sy < 0 || sx > this.facts.width || sy > this.facts.height);
      const hidden = out || this.gone(i) || this.faint(i);
      let room = label.has;
      if ((!whole || this.large) && !hidden) {
        const width = label.length * LETTER * letter, q = letter / (this.facts.font * s);
        let left = (x + label.dx * q) * s;
        left -= label.anchor === 'end' ? width : label.anchor === 'middle' ? width / 2 : 0;
        const low = (y + label.dy * q) * s, box = [left, low - letter, left + width, low + letter * 0.25];
        room = i === this.chosen || !taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3]);
        if (room) taken.push(box);
      }
      label.shown = room && !hidden;
      if (!this.large) label.text.classList.toggle('off', !label.shown);
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

  /* ---- over 500 nodes the same drawing on a canvas; its elements stay, unseen, for keyboard, reader and paper ---- */
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
    const {nodes, edges, font} = this.facts, canvas = this.canvas, d = devicePixelRatio || 1;
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
      g.textAlign = label.anchor === 'middle' ? 'center' : label.anchor;
      const x = xs[i] + label.dx * this.letter / font, y = ys[i] + label.dy * this.letter / font;
      g.strokeText(label.string, x, y);
      g.fillText(label.string, x, y);
    });
    g.globalAlpha = 1;
  };

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
    const button = (sign, word, act) => {
      const out = el('button', {type: 'button', title: say(word), 'aria-label': say(word)}, sign);
      out.addEventListener('click', act);
      return out;
    };
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
      el('span', {class: 'zoom'}, button('+', 'net_in', () => this.zoom(1.5)),
        button('\u2212', 'net_out', () => this.zoom(1 / 1.5)), button('\u2922', 'net_fit', () => this.fit())));
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

  /* ---- pointer and keyboard ---- */

  /* A point of the screen in units of the drawing. */
  Network.prototype.point = function (event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [at.x, at.y];
  };
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
    const svg = this.svg, down = new Map();
    let moved = 0, frame = 0;
    svg.addEventListener('pointerdown', (event) => {
      if (event.button > 0 || event.target.closest('a')) return;
      down.set(event.pointerId, this.point(event));
      if (down.size === 1) moved = 0;
    });
    svg.addEventListener('pointermove', (event) => {
      if (!down.has(event.pointerId)) {
        if (event.pointerType === 'mouse' && !frame)
          frame = requestAnimationFrame(() => { frame = 0; this.hover(event); });
        return;
      }
      const from = down.get(event.pointerId), to = this.point(event);
      const step = Math.hypot(to[0] - from[0], to[1] - from[1]) * this.unit();
      moved += step;
      if (moved < 4) return;
      if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
      svg.classList.add('dragged');
      this.tip.hidden = true;
      if (down.size === 2) {
        const other = [...down].find(([id]) => id !== event.pointerId)[1];
        const before = Math.hypot(from[0] - other[0], from[1] - other[1]);
        const after = Math.hypot(to[0] - other[0], to[1] - other[1]);
        this.zoom(after / (before || 1), other[0], other[1]);
      } else {
        this.x += to[0] - from[0];
        this.y += to[1] - from[1];
        this.move();
      }
      down.set(event.pointerId, to);
    });
    const up = (event) => {
      if (!down.delete(event.pointerId)) return;
      svg.classList.remove('dragged');
      if (moved < 4 && event.type === 'pointerup') {
        const at = this.under(this.point(event), event.pointerType === 'mouse' ? 7 : 16);
        if (at) this.choose(at, false);
        else this.close(false);
      }
    };
    svg.addEventListener('pointerup', up);
    svg.addEventListener('pointercancel', up);
    svg.addEventListener('pointerleave', () => { this.tip.hidden = true; });
    svg.addEventListener('dblclick', (event) => this.zoom(1.6, ...this.point(event)));
    svg.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(Math.exp(-near(-80, event.deltaY, 80) * 0.006), ...this.point(event));
    }, {passive: false});
    this.paper.addEventListener('focusin', (event) => {
      const i = this.nodes.indexOf(event.target);
      if (i >= 0) this.rove(i);
    });
    svg.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.paper);
  };

  Network.prototype.hover = function (event) {
    const at = this.under(this.point(event), 7), tip = this.tip;
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

  /* ---- facts and sources ---- */
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

  /* ---- find ---- */
  const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const index = page.entities.map((entity, i) => ({i, key: plain(entity[KEY]), name: plain(entity[NAME])}));

  function search(text) {
    const wanted = plain(text).trim(), words = wanted.split(/\s+/);
    if (!wanted) return [];
    const rank = (row) => row.key === wanted ? 0 : row.name.startsWith(wanted) ? 1 : row.key.startsWith(wanted) ? 2 : 3;
    return index.filter((row) => places.has(row.i) || targets.has(row.i))
      .filter((row) => words.every((word) => row.name.includes(word) || row.key.includes(word)))
      .map((row) => [rank(row), row.i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((row) => row[1]);
  }

  function goTo(entity) {
    const place = places.get(entity);
    if (!place) {
      location.hash = '#t' + targets.get(entity)[0][0];
      return;
    }
    place.net.wake();
    place.net.choose({node: place.node}, false);
    place.net.show(place.node, 1.8);
    place.net.figure.scrollIntoView({block: 'start'});
    place.net.nodes[place.node].focus({preventScroll: true});
  }

  function finder() {
    const input = el('input', {type: 'search', id: 'find', placeholder: say('find_hint'), autocomplete: 'off', spellcheck: 'false',
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'found'});
    const list = el('ul', {id: 'found', role: 'listbox', 'aria-label': say('find_label'), hidden: ''});
    const status = el('span', {class: 'shown', role: 'status'});
    let hits = [], active = -1;
    const mark = (i) => {
      active = i;
      [...list.children].forEach((item, j) => item.setAttribute('aria-selected', String(i === j)));
      if (i >= 0) input.setAttribute('aria-activedescendant', 'found-' + i);
      else input.removeAttribute('aria-activedescendant');
    };
    const open = (yes) => {
      list.hidden = !yes;
      input.setAttribute('aria-expanded', String(yes));
      if (!yes) mark(-1);
    };
    const take = (i) => {
      open(false);
      goTo(hits[i]);
    };
    const look = () => {
      const all = search(input.value);
      hits = all.slice(0, 12);
      list.replaceChildren(...hits.map((entity, i) => {
        const row = page.entities[entity], place = places.get(entity);
        const item = el('li', {role: 'option', id: 'found-' + i, 'aria-selected': 'false'}, el('b', {}, name(row[NAME])),
          el('small', {}, page.kinds[row[KIND]][1] + ' ', name(row[KEY]), place ? ', ' + say('find_in', place.net.number) : ''));
        item.addEventListener('pointerdown', (event) => event.preventDefault());
        item.addEventListener('click', () => take(i));
        return item;
      }));
      status.textContent = !input.value.trim() ? '' : !all.length ? say('find_none')
        : say('find_count', all.length) + (all.length > hits.length ? ' (' + say('find_more', all.length - hits.length) + ')' : '');
      open(hits.length > 0);
    };
    input.addEventListener('input', look);
    input.addEventListener('focus', look);
    input.addEventListener('blur', () => open(false));
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        if (hits.length) mark((active + (event.key === 'ArrowDown' ? 1 : hits.length)) % hits.length || 0);
        if (active < 0) mark(0);
      } else if (event.key === 'Enter' && hits.length) {
        take(Math.max(active, 0));
      } else if (event.key === 'Escape') {
        open(false);
      } else {
        return;
      }
      event.preventDefault();
    });
    return el('div', {class: 'finder', role: 'search'}, el('label', {for: 'find'}, say('find_label')), input, status, list);
  }

  /* ---- map: a point is a button that shows its facts in the network above it ---- */
  function points(net) {
    for (const point of net.article.querySelectorAll('.map .p')) {
      const open = () => goTo(net.facts.nodes[point.dataset.node][0]);
      point.setAttribute('role', 'button');
      point.setAttribute('tabindex', '0');
      point.setAttribute('aria-label', point.querySelector('title').textContent);
      point.addEventListener('click', open);
      point.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open();
      });
    }
  }

  /* ---- begin ---- */
  for (const article of document.querySelectorAll('article.community')) nets.push(new Network(article));
  nets.forEach(points);
  if (index.length) document.querySelector('main').before(finder());
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen)
      if (one.isIntersecting) {
        nets.find((net) => net.article === one.target).wake();
        watch.unobserve(one.target);
      }
  }, {rootMargin: '600px'});
  nets.forEach((net) => watch.observe(net.article));
  /* Paper shows the whole drawing, without filter or choice. */
  addEventListener('beforeprint', () => nets.filter((net) => net.live).forEach((net) => {
    net.printed = true;
    net.off.clear();
    net.step = net.partner = '';
    net.figure.querySelectorAll('select').forEach((select) => { select.value = ''; });
    net.figure.querySelectorAll('[aria-pressed]').forEach((button) => button.setAttribute('aria-pressed', 'true'));
    net.k = 1;
    net.x = net.y = 0;
    net.close(false);
    net.filter();
  }));
  addEventListener('afterprint', () => nets.filter((net) => net.live).forEach((net) => {
    net.printed = false;
    net.draw();
  }));
  document.documentElement.classList.add('scripted');
})();
