/* report_find.js - finds a name or key anywhere on the page.
   SPDX-License-Identifier: GPL-3.0-or-later */

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
