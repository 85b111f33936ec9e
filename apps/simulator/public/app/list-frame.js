import { h } from '/assets/dom.js';

/** The frame of a list page: title, search field, and the place for the rows. */
export function listFrame(view, title, placeholder) {
  const search = h('input', {
    type: 'search',
    placeholder,
    'aria-label': `Search ${title.toLowerCase()}`,
    class: 'search',
  });
  const tools = h('div', { class: 'row' }, search);
  const count = h('p', { class: 'muted small', role: 'status' });
  const list = h('div', { class: 'card' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(h('div', { class: 'head' }, h('div', null, h('h1', null, title), count), tools), list);
  document.title = `${title} · Simulated Smokeball`;
  return { list, count, query: () => search.value.trim(), add: (control) => tools.append(control) };
}
