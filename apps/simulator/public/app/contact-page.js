import { call, get } from '/assets/api.js';
import { chip, facts, h, show } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { matterTable } from './matters-page.js';
import { api, asUser } from './tenant.js';

/** While somebody types in the form, what is on the screen stays. */
export function contactPage(view, [id], notice) {
  const body = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(body);
  return {
    look: async () => {
      const { contact } = await get(api(`contacts/${encodeURIComponent(id)}`));
      document.title = `${contact.name} · Simulated Smokeball`;
      if (!body.querySelector('form[data-dirty]')) show(body, contact, () => build(contact, notice));
    },
  };
}

function build(contact, notice) {
  return [
    h(
      'div',
      { class: 'head' },
      h(
        'div',
        { class: 'clip' },
        h('p', { class: 'muted' }, `${contact.kind} at ${contact.firm}`),
        h('h1', null, contact.name),
      ),
      contact.is_deleted && chip('bad', 'Deleted'),
    ),
    h(
      'div',
      { class: 'columns even' },
      h(
        'section',
        { class: 'card', 'aria-label': 'Contact' },
        facts(
          ['E-mail', contact.email],
          ...contact.phones.map((phone) => [phone.label, phoneAsStored(phone)]),
          ['Address', contact.address.length > 0 && contact.address.map((line) => h('div', null, line))],
          [
            'Tags',
            contact.tags.length > 0 &&
              h(
                'span',
                { class: 'row' },
                contact.tags.map((tag) => chip('', tag.type === 'Role' ? `${tag.name} (role)` : tag.name)),
              ),
          ],
          ['External id', contact.external_system_id && h('span', { class: 'mono' }, contact.external_system_id)],
          ['Smokeball id', h('span', { class: 'mono' }, contact.id)],
        ),
      ),
      ['person', 'company'].includes(contact.kind_key) && editForm(contact, notice),
    ),
    h(
      'section',
      { class: 'card', 'aria-label': 'Matters' },
      h('div', { class: 'card-head' }, h('h2', null, `Matters (${contact.matters.length})`)),
      contact.matters.length === 0
        ? h('p', { class: 'empty' }, 'No matter names this contact.')
        : matterTable(contact.matters),
    ),
  ];
}

/** Area code and number are separate in Smokeball; a search there looks at them exactly as they stand. */
function phoneAsStored({ stored }) {
  return h(
    'span',
    { class: 'num' },
    stored.areaCode && h('span', { class: 'part', title: 'area code' }, stored.areaCode),
    h('span', { class: 'part', title: 'number' }, stored.number ?? ''),
  );
}

function editForm(contact, notice) {
  const person = contact.kind_key === 'person';
  const { field, label } =
    contact.phones[0] ?? (person ? { field: 'cell', label: 'Cell' } : { field: 'phone', label: 'Phone' });
  const phone = contact.stored[field] ?? {};
  const texts = person
    ? [
        ['firstName', 'First name'],
        ['lastName', 'Last name'],
      ]
    : [['name', 'Name']];
  const input = (name, label, value, type = 'text') =>
    h('label', null, label, h('input', { name, type, value: value ?? '', autocomplete: 'off' }));
  return h(
    'form',
    {
      class: 'card stack',
      'aria-label': 'Change as a Smokeball user',
      oninput: (event) => (event.currentTarget.dataset.dirty = 'yes'),
      onsubmit: (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const values = Object.fromEntries(new FormData(form));
        void press(event.submitter, notice, async () => {
          await call('POST', asUser(`contacts/${contact.id}`), changed(contact, field, values));
          delete form.dataset.dirty;
          return 'Saved as a Smokeball user.';
        });
      },
    },
    h('h2', null, 'Change as a Smokeball user'),
    texts.map(([name, label]) => input(name, label, contact.stored[name])),
    input('email', 'E-mail', contact.stored.email, 'email'),
    input('areaCode', `${label}: area code`, phone.areaCode),
    input('number', `${label}: number`, phone.number),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'primary', 'data-key': 'save' }, 'Save')),
  );
}

/** Only what the form shows; what is left empty is cleared. */
function changed(contact, field, { areaCode, number, ...texts }) {
  const phone = areaCode || number ? { areaCode: areaCode || null, number: number || null } : null;
  const filled = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value || null]));
  return { [contact.kind_key]: { ...filled, [field]: phone } };
}
