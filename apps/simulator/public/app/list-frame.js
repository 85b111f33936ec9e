import { get } from '/assets/api.js';
import { h, show } from '/assets/dom.js';
import { api, chosenFirm } from './tenant.js';

const TYPING_MS = 200;

/**
 * A list page: title, search, filters, rows and pages. `filters` maps a parameter to its choices (`[value, words]`), `rowsOf` takes the rows
 * out of an answer, `table` shows them. Nothing is drawn, nor searched by the server, while nothing has changed.
 */
export function listPage(view, { title, path, placeholder, filters, rowsOf, table, one, many, add, again }) {
  document.title = `${title} · Simulated Smokeball`;
  const search = h('input', {
    type: 'search',
    placeholder,
    'aria-label': `Search ${title.toLowerCase()}`,
    class: 'search',
  });
  const selects = Object.entries(filters).map(([name, { label, choices }]) =>
    h(
      'select',
      { name, 'aria-label': label, class: 'inline-select' },
      choices.map(([value, words]) => h('option', { value }, words)),
    ),
  );
  const count = h('p', { class: 'muted small', role: 'status' });
  const list = h('div', { class: 'card' }, h('p', { class: 'muted' }, 'Looking…'));
  const pages = h('nav', { class: 'row pages', 'aria-label': 'Pages of the list' });
  view.replaceChildren(
    h(
      'div',
      { class: 'head' },
      h('div', null, h('h1', null, title), count),
      h('div', { class: 'row' }, search, ...selects, add && h('a', { class: 'button primary', href: add[0] }, add[1])),
    ),
    list,
    pages,
  );

  let page = 1;
  let shown = { key: '', version: undefined };
  let typing;
  const restart = () => {
    page = 1;
    void again();
  };
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(restart, TYPING_MS);
  });
  for (const select of selects) select.addEventListener('change', restart);
  const turn = (to) => {
    page = to;
    void again();
    list.scrollIntoView({ block: 'start' });
  };

  return {
    look: async () => {
      const chosen = Object.fromEntries(selects.map((select) => [select.name, select.value]));
      const asked = { q: search.value.trim(), ...chosen, firm: chosenFirm(), page: String(page) };
      const key = JSON.stringify(asked);
      const known = key === shown.key && shown.version !== undefined ? { known: String(shown.version) } : {};
      const answer = await get(api(`${path}?${new URLSearchParams({ ...asked, ...known })}`));
      if (answer.same) return;
      shown = { key, version: answer.version };
      const rows = rowsOf(answer);
      const last = Math.max(1, Math.ceil(answer.total / answer.per_page));
      if (page > last) return turn(last);
      count.textContent = counted(answer, rows.length, one, many);
      show(list, rows, () => (rows.length === 0 ? h('p', { class: 'empty' }, `No ${one} fits.`) : table(rows)));
      show(pages, [page, last], () => (last === 1 ? null : pager(page, last, turn)));
    },
  };
}

function counted({ total, page, per_page: perPage }, shown, one, many) {
  const all = `${total.toLocaleString()} ${total === 1 ? one : many}`;
  if (total <= perPage) return all;
  const from = (page - 1) * perPage + 1;
  return `${all}, newest first; ${from.toLocaleString()} to ${(from + shown - 1).toLocaleString()} are shown`;
}

function pager(page, last, turn) {
  const to = (key, words, target, off) =>
    h(
      'button',
      {
        type: 'button',
        'data-key': key,
        'aria-disabled': off ? 'true' : undefined,
        onclick: () => !off && turn(target),
      },
      words,
    );
  return [
    to('first', 'First', 1, page === 1),
    to('earlier', 'Previous', page - 1, page === 1),
    h('span', { class: 'muted' }, `Page ${page.toLocaleString()} of ${last.toLocaleString()}`),
    to('later', 'Next', page + 1, page === last),
    to('last', 'Last', last, page === last),
  ];
}
