import { get } from '/assets/api.js';
import { chip, h, show } from '/assets/dom.js';
import { api, contactLink, matterLink } from './tenant.js';
import { listFrame } from './list-frame.js';

const TONES = { Open: 'good', Pending: 'warn', Closed: '', Deleted: 'bad', Cancelled: 'bad' };

export const statusChip = (status) => chip(TONES[status] ?? '', status || 'no status');

export function mattersPage(view) {
  const { list, count, query, add } = listFrame(view, 'Matters', 'Number, title or client');
  const status = h(
    'select',
    { class: 'inline-select', 'aria-label': 'Status' },
    h('option', { value: '' }, 'Every status'),
    Object.keys(TONES).map((one) => h('option', null, one)),
  );
  add(status);
  return {
    look: async () => {
      const { total, matters } = await get(api(`matters?${new URLSearchParams({ q: query(), status: status.value })}`));
      count.textContent = counted(total, matters.length, 'matter', 'matters');
      show(list, matters, () =>
        matters.length === 0 ? h('p', { class: 'empty' }, 'No matter fits.') : matterTable(matters),
      );
    },
  };
}

export function counted(total, shown, one, many) {
  return total > shown ? `${total} ${many}, the newest ${shown} are shown` : `${total} ${total === 1 ? one : many}`;
}

export function matterTable(matters) {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Number', 'Matter', 'Type', 'Clients', 'Status'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', null, matters.map(line)),
    ),
  );
}

function line(matter) {
  return h(
    'tr',
    null,
    h(
      'td',
      { class: 'num' },
      h('a', { href: matterLink(matter.id) }, matter.number || (matter.is_lead ? 'Lead' : 'No number yet')),
    ),
    h(
      'td',
      null,
      h('div', { class: 'clip' }, matter.title || 'Untitled'),
      matter.description &&
        matter.description !== matter.title &&
        h('div', { class: 'muted small clip' }, matter.description.slice(0, 160)),
    ),
    h('td', { 'data-label': 'Type' }, matter.type),
    h(
      'td',
      { 'data-label': 'Clients' },
      matter.clients.map((client, index) => [index > 0 && ', ', h('a', { href: contactLink(client.id) }, client.name)]),
    ),
    h('td', null, statusChip(matter.status)),
  );
}
