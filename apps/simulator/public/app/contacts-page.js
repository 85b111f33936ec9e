import { chip, h } from '/assets/dom.js';
import { listPage } from './list-frame.js';
import { contactLink } from './tenant.js';

export function contactsPage(view, _params, _notice, again) {
  return listPage(view, {
    title: 'Contacts',
    path: 'contacts',
    placeholder: 'Name, e-mail or phone',
    filters: {
      kind: {
        label: 'Kind',
        choices: [
          ['', 'Every kind'],
          ['person', 'People'],
          ['company', 'Companies'],
          ['trust', 'Trusts'],
          ['groupOfPeople', 'Groups of people'],
        ],
      },
      status: {
        label: 'Deleted or not',
        choices: [
          ['', 'With deleted ones'],
          ['live', 'Without deleted ones'],
          ['deleted', 'Only deleted ones'],
        ],
      },
    },
    rowsOf: (answer) => answer.contacts,
    table: contactTable,
    one: 'contact',
    many: 'contacts',
    add: ['#/billing/new-contact', 'New contact'],
    again,
  });
}

function contactTable(contacts) {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'List of contacts' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Name', 'E-mail', 'Phone as stored', 'Kind', 'Firm'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', null, contacts.map(line)),
    ),
  );
}

function line(contact) {
  return h(
    'tr',
    null,
    h(
      'td',
      { class: 'clip' },
      h('a', { href: contactLink(contact.id) }, contact.name),
      ' ',
      contact.is_deleted && chip('bad', 'Deleted'),
    ),
    h('td', { class: 'clip' }, contact.email),
    h('td', { class: 'num' }, contact.phone),
    h('td', { 'data-label': 'Kind' }, contact.kind),
    h('td', { 'data-label': 'Firm' }, contact.firm),
  );
}
