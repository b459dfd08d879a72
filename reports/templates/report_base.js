/* report_base.js - what the drawings of report.html share once its script runs.
   SPDX-License-Identifier: GPL-3.0-or-later
   The files report_*.js make one script in the order of report_html.c, within one function of its own. Without it
   the page reads the same; it takes over the drawings that are there and draws nothing anew. It asks nothing of the
   outside, keeps nothing, and shows foreign text as text alone (textContent). Every sentence comes with the page's
   facts (html_facts.c tells their shape). */

const page = JSON.parse(document.getElementById('facts').textContent);
const [KEY, NAME, KIND, SOURCE, LINE, ATTRIBUTES, ROLES, SIGNALS] = [0, 1, 2, 3, 4, 5, 6, 7];
const LEAST = 0.6, MOST = 14, READABLE = 11.5, LARGE = 500;

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

/* ---- what every drawing can do ---- */

/* How wide a text is, in letters of its size. */
const ruler = document.createElement('canvas').getContext('2d');
function ems(text, weight, family) {
  ruler.font = weight + ' 100px ' + family;
  return ruler.measureText(text).width / 100;
}
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function button(sign, word, act) {
  const out = el('button', {type: 'button', title: say(word), 'aria-label': say(word)}, sign);
  out.addEventListener('click', act);
  return out;
}
const zoomers = (drawing) => el('span', {class: 'zoom'}, button('+', 'net_in', () => drawing.zoom(1.5)),
  button('\u2212', 'net_out', () => drawing.zoom(1 / 1.5)), button('\u2922', 'net_fit', () => drawing.fit()));

/* Drags, pinches and wheels of a drawing: {svg, unit(), pan(dx, dy), zoom(factor, x, y), tap(event), rest(event)};
   x and y in its own units. rest: the mouse moves over it, with no button down. */
function point(svg, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}
function gestures(drawing) {
  const svg = drawing.svg, down = new Map();
  let moved = 0;
  svg.addEventListener('pointerdown', (event) => {
    if (event.button > 0 || event.target.closest('a')) return;
    down.set(event.pointerId, point(svg, event));
    if (down.size === 1) moved = 0;
  });
  svg.addEventListener('pointermove', (event) => {
    if (!down.has(event.pointerId)) {
      if (event.pointerType === 'mouse') drawing.rest(event);
      return;
    }
    const from = down.get(event.pointerId), to = point(svg, event);
    moved += Math.hypot(to[0] - from[0], to[1] - from[1]) * drawing.unit();
    if (moved < 4) return;
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    svg.classList.add('dragged');
    if (down.size === 2) {
      const other = [...down].find(([id]) => id !== event.pointerId)[1];
      const before = Math.hypot(from[0] - other[0], from[1] - other[1]);
      const after = Math.hypot(to[0] - other[0], to[1] - other[1]);
      drawing.zoom(after / (before || 1), other[0], other[1]);
    } else {
      drawing.pan(to[0] - from[0], to[1] - from[1]);
    }
    down.set(event.pointerId, to);
  });
  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    svg.classList.remove('dragged');
    if (moved < 4 && event.type === 'pointerup') drawing.tap(event);
  };
  svg.addEventListener('pointerup', up);
  svg.addEventListener('pointercancel', up);
  svg.addEventListener('dblclick', (event) => drawing.zoom(1.6, ...point(svg, event)));
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    drawing.zoom(Math.exp(-near(-80, event.deltaY, 80) * 0.006), ...point(svg, event));
  }, {passive: false});
}
