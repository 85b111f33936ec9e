import { chip, h, link } from '/assets/dom.js';

/** The pop-up as the agent sees it. All of it is text: a contact's name can hold anything. */
export function popView(pop) {
  return h(
    'div',
    { class: 'pop', role: 'status' },
    h('p', { class: 'pop-title' }, pop.title),
    h('p', { class: 'muted' }, pop.text || pop.number),
    pop.total > 1 && h('p', { class: 'small' }, `${pop.total} contacts have this number.`),
    pop.contacts.map(contactView),
    pop.contacts.length === 0 && pop.url && h('p', null, link(pop.url, 'Open in Smokeball')),
    pop.total > pop.contacts.length &&
      pop.contacts.length > 0 &&
      h('p', { class: 'muted small' }, `and ${pop.total - pop.contacts.length} more`),
  );
}

function contactView(contact) {
  return h(
    'div',
    { class: 'pop-contact' },
    h(
      'p',
      null,
      link(contact.url, contact.name || contact.company || 'Open in Smokeball'),
      contact.matched_on && h('span', { class: 'muted small' }, ` · by ${contact.matched_on}`),
    ),
    contact.company && contact.company !== contact.name && h('p', { class: 'muted small' }, contact.company),
    contact.matters.length > 0 && h('ul', { class: 'pop-matters' }, contact.matters.map(matterView)),
  );
}

function matterView(matter) {
  return h(
    'li',
    null,
    link(matter.url, matterName(matter)),
    ' ',
    matter.status && chip(matter.status === 'Open' ? 'good' : '', matter.status),
    matter.role && h('span', { class: 'muted small' }, ` ${matter.role}`),
  );
}

/** Smokeball's computed titles begin with the number already. */
function matterName({ number, title }) {
  if (title.startsWith(number)) return title || 'Matter';
  return [number, title].filter(Boolean).join(' · ');
}
