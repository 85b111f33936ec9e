import { chip, h } from '/assets/dom.js';
import { listPage } from './list-frame.js';
import { contactLink, matterLink } from './tenant.js';

const TONES = { Open: 'good', Pending: 'warn', Closed: '', Deleted: 'bad', Cancelled: 'bad' };

export const statusChip = (status) => chip(TONES[status] ?? '', status || 'no status');

export function mattersPage(view, _params, _notice, again) {
  return listPage(view, {
    title: 'Matters',
    path: 'matters',
    placeholder: 'Number, description or client',
    filters: {
      status: { label: 'Status', choices: [['', 'Every status'], ...Object.keys(TONES).map((one) => [one, one])] },
      kind: {
        label: 'Matters or leads',
        choices: [
          ['', 'Matters and leads'],
          ['matter', 'Matters'],
          ['lead', 'Leads'],
        ],
      },
    },
    rowsOf: (answer) => answer.matters,
    table: matterTable,
    one: 'matter',
    many: 'matters',
    add: ['#/billing/new-matter', 'New matter'],
    again,
  });
}

export function matterTable(matters) {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'List of matters' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Number', 'Matter', 'Type', 'Clients', 'Firm', 'Status'].map((name) => h('th', { scope: 'col' }, name)),
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
    h('td', { 'data-label': 'Type', class: 'clip' }, matter.type),
    h(
      'td',
      { 'data-label': 'Clients', class: 'clip' },
      matter.clients.map((client, index) => [index > 0 && ', ', h('a', { href: contactLink(client.id) }, client.name)]),
    ),
    h('td', { 'data-label': 'Firm' }, matter.firm),
    h('td', null, statusChip(matter.status)),
  );
}
