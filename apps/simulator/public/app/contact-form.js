import { h } from '/assets/dom.js';
import { contactPicker } from './contact-picker.js';
import { input } from './form-dialog.js';
import { TENANT } from './tenant.js';

export const KINDS = {
  person: 'Person',
  company: 'Company',
  trust: 'Trust',
  groupOfPeople: 'Group of people',
};

/** What each kind has: plain texts, phones, and where it keeps its address. */
const MEMBERS = {
  person: {
    texts: [
      ['title', 'Title'],
      ['firstName', 'First name'],
      ['middleName', 'Middle name'],
      ['lastName', 'Last name'],
      ['email', 'E-mail'],
    ],
    phones: [
      ['cell', 'Cell'],
      ['phone', 'Phone'],
      ['phone2', 'Phone 2'],
      ['fax', 'Fax'],
    ],
    address: 'residentialAddress',
  },
  company: {
    texts: [
      ['name', 'Name'],
      ['email', 'E-mail'],
      ['website', 'Website'],
    ],
    phones: [
      ['phone', 'Phone'],
      ['fax', 'Fax'],
    ],
    address: 'businessAddress',
  },
  trust: {
    texts: [
      ['name', 'Name'],
      ['trustNumber', 'Number of the trust'],
    ],
    phones: [
      ['phone', 'Phone'],
      ['fax', 'Fax'],
    ],
    address: 'address',
  },
  groupOfPeople: { texts: [], phones: [], address: 'residentialAddress' },
};

const ADDRESS = [
  ['addressLine1', 'Address'],
  ['addressLine2', 'Second line'],
  ['city', 'City'],
  ['state', 'State'],
  ['zipCode', 'ZIP or postcode'],
  ['country', 'Country'],
];

/** The kinds that this region knows: trusts are American, and the United Kingdom has no groups. */
export function kindsHere() {
  const region = TENANT.split('-')[0];
  return Object.keys(KINDS).filter(
    (kind) => !(kind === 'trust' && region !== 'us') && !(kind === 'groupOfPeople' && region === 'uk'),
  );
}

/**
 * The fields of one contact. `read(form)` gives the write model of that kind: what was emptied is null, and what the form does not show
 * stays as it was stored.
 */
export function contactFields(kind, { stored = {}, people = [], firm }) {
  const { texts, phones, address } = MEMBERS[kind];
  const picker =
    kind === 'groupOfPeople'
      ? contactPicker({ label: 'People of the group', chosen: people, firm, kind: 'person' })
      : null;
  const elements = [
    texts.length > 0 &&
      h(
        'fieldset',
        null,
        h('legend', null, KINDS[kind]),
        h(
          'div',
          { class: 'fields' },
          texts.map(([name, label]) => input(name, label, stored[name], name === 'email' ? { type: 'email' } : {})),
        ),
      ),
    picker && h('fieldset', null, h('legend', null, KINDS[kind]), picker.element),
    phones.length > 0 &&
      h(
        'fieldset',
        null,
        h('legend', null, 'Phones'),
        h(
          'p',
          { class: 'hint' },
          'Kept exactly as they are typed: with the area code in its own field, or all in one.',
        ),
        phones.map(([name, label]) =>
          h(
            'div',
            { class: 'fields phone-line' },
            input(`${name}.areaCode`, `${label}: area code`, stored[name]?.areaCode),
            input(`${name}.number`, `${label}: number`, stored[name]?.number),
          ),
        ),
      ),
    h(
      'fieldset',
      null,
      h('legend', null, 'Address'),
      h(
        'div',
        { class: 'fields' },
        ADDRESS.map(([name, label]) => input(`${address}.${name}`, label, stored[address]?.[name])),
      ),
    ),
  ];
  const read = (form) => {
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    const nested = (member) => {
      const given = Object.entries(values).filter(([name]) => name.startsWith(`${member}.`));
      const merged = { ...stored[member], ...Object.fromEntries(given.map(([n, v]) => [n.split('.')[1], v])) };
      const filled = Object.entries(merged).filter(([, value]) => value !== '' && value !== null);
      return filled.length === 0 ? null : Object.fromEntries(filled);
    };
    return {
      ...Object.fromEntries(texts.map(([name]) => [name, values[name] || null])),
      ...Object.fromEntries([...phones.map(([name]) => name), address].map((name) => [name, nested(name)])),
      ...(picker ? { peopleIds: picker.ids() } : {}),
    };
  };
  return { elements: elements.filter(Boolean), read };
}
