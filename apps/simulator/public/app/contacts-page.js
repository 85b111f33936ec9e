import { get } from '/assets/api.js';
import { chip, h, show } from '/assets/dom.js';
import { listFrame } from './list-frame.js';
import { counted } from './matters-page.js';
import { api, contactLink } from './tenant.js';

export function contactsPage(view) {
  const { list, count, query } = listFrame(view, 'Contacts', 'Name, e-mail or phone');
  return {
    look: async () => {
      const { total, contacts } = await get(api(`contacts?${new URLSearchParams({ q: query() })}`));
      count.textContent = counted(total, contacts.length, 'contact', 'contacts');
      show(list, contacts, () =>
        contacts.length === 0 ? h('p', { class: 'empty' }, 'No contact fits.') : contactTable(contacts),
      );
    },
  };
}

function contactTable(contacts) {
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
