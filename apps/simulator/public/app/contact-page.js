import { call } from '/assets/api.js';
import { chip, facts, h, show } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { contactFields } from './contact-form.js';
import { formDialog, input } from './form-dialog.js';
import { matterTable } from './matters-page.js';
import { readOrSay } from './missing.js';
import { api, asUser, contactLink } from './tenant.js';

export function contactPage(view, [id], notice, again) {
  const body = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(body);
  return {
    look: async () => {
      const answer = await readOrSay(body, api(`contacts/${encodeURIComponent(id)}`), 'contact', id);
      if (answer === null) return;
      const { contact } = answer;
      document.title = `${contact.name} · Simulated Smokeball`;
      show(body, contact, () => build(contact, notice, again));
    },
  };
}

function build(contact, notice, again) {
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
      'section',
      { class: 'card stack', 'aria-label': 'Contact' },
      facts(
        ['E-mail', contact.email],
        ...contact.phones.map((phone) => [phone.label, phoneAsStored(phone)]),
        ['Address', contact.address.length > 0 && contact.address.map((line) => h('div', null, line))],
        ['People', people(contact.people)],
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
      h(
        'div',
        { class: 'row' },
        h(
          'button',
          { type: 'button', class: 'primary', 'data-key': 'edit', onclick: () => edit(contact, notice, again) },
          'Edit',
        ),
        h(
          'button',
          { type: 'button', 'data-key': 'tags', onclick: () => editTags(contact, notice, again) },
          'Change tags',
        ),
        contact.is_deleted
          ? h(
              'button',
              {
                type: 'button',
                'data-key': 'restore',
                onclick: (event) =>
                  press(event.currentTarget, notice, async () => {
                    await call('POST', asUser(`contacts/${contact.id}`), { isDeleted: false });
                    void again();
                    return 'Restored as a Smokeball user.';
                  }),
              },
              'Restore',
            )
          : h(
              'button',
              { type: 'button', class: 'danger', 'data-key': 'delete', onclick: () => remove(contact, notice, again) },
              'Delete',
            ),
      ),
    ),
    h(
      'section',
      { class: 'card', 'aria-label': 'Matters' },
      h('div', { class: 'card-head' }, h('h2', null, `Matters (${contact.matters_total})`)),
      contact.matters.length === 0
        ? h('p', { class: 'empty' }, 'No matter names this contact.')
        : matterTable(contact.matters),
      contact.matters_total > contact.matters.length &&
        h('p', { class: 'muted small' }, `The first ${contact.matters.length} are shown.`),
    ),
  ];
}

export function people(list) {
  return list.map((one, index) => [index > 0 && ', ', h('a', { href: contactLink(one.id) }, one.name)]);
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

function edit(contact, notice, again) {
  const fields = contactFields(contact.kind_key, {
    stored: contact.stored,
    people: contact.people,
    firm: () => contact.account_id,
  });
  formDialog({
    title: `Edit ${contact.name}`,
    words: 'Saved as a Smokeball user: whoever listens is told at once.',
    fields: fields.elements,
    notice,
    save: async (form) => {
      await call('POST', asUser(`contacts/${contact.id}`), { [contact.kind_key]: fields.read(form) });
      void again();
      return 'Saved as a Smokeball user.';
    },
  });
}

function editTags(contact, notice, again) {
  formDialog({
    title: 'Tags of the contact',
    fields: input('tags', 'Tags', contact.custom_tags.join(', '), { hint: 'Several: put commas between them.' }),
    notice,
    save: async (form) => {
      await call('PUT', asUser(`contacts/${contact.id}/tags`), { tags: form.elements.tags.value.split(',') });
      void again();
      return 'The tags are saved.';
    },
  });
}

function remove(contact, notice, again) {
  formDialog({
    title: `Delete ${contact.name}?`,
    words: 'The contact stays in Smokeball, marked as deleted, and can be restored.',
    submit: 'Delete',
    danger: true,
    notice,
    fields: [],
    save: async () => {
      await call('POST', asUser(`contacts/${contact.id}`), { isDeleted: true });
      void again();
      return 'Deleted as a Smokeball user.';
    },
  });
}
