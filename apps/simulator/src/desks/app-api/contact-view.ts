import { row, rows, text, type Row } from './members';

export interface ContactRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly is_deleted: boolean;
}

const KINDS = [
  ['person', 'Person'],
  ['company', 'Company'],
  ['trust', 'Trust'],
  ['groupOfPeople', 'Group of people'],
] as const;

const PHONES = [
  ['cell', 'Cell'],
  ['phone', 'Phone'],
  ['phone2', 'Phone 2'],
  ['fax', 'Fax'],
] as const;

/** One line of a contacts list. The phone is shown as it is stored, spaces and brackets included. */
export function contactRow(contact: Row): ContactRow {
  const { label, body } = kindOf(contact);
  const [first] = phonesOf(body);
  return {
    id: text(contact['id']),
    kind: label,
    name: contactName(contact),
    email: text(body['email']),
    phone: first === undefined ? '' : first.shown,
    is_deleted: contact['isDeleted'] === true,
  };
}

/** A contact's page: everything that is stored, phones split as they are stored. */
export function contactPage(contact: Row, names: (contactId: string) => string): Row {
  const { key, body } = kindOf(contact);
  const address = ['residentialAddress', 'businessAddress', 'address', 'mailingAddress'].map((name) => row(body[name]));
  return {
    ...contactRow(contact),
    kind_key: key,
    phones: phonesOf(body),
    address: addressLines(address.find((one) => addressLines(one).length > 0) ?? {}),
    tags: rows(contact['tags']).map((tag) => ({ name: text(tag['name']), type: text(tag['type']) })),
    external_system_id: text(contact['externalSystemId']),
    version_id: text(contact['versionId']),
    custom_tags: rows(contact['tags'])
      .filter((tag) => text(tag['type']) === 'Custom')
      .map((tag) => text(tag['name'])),
    people: rows(body['people']).map((one) => ({ id: text(one['id']), name: names(text(one['id'])) })),
    stored: body,
  };
}

export function contactName(contact: Row): string {
  const { key, body } = kindOf(contact);
  if (key !== 'person') return text(body['name']) || '(no name)';
  const names = ['title', 'firstName', 'middleName', 'lastName', 'nameSuffix'].map((part) => text(body[part]));
  return names.filter((part) => part !== '').join(' ') || '(no name)';
}

function kindOf(contact: Row): { readonly key: string; readonly label: string; readonly body: Row } {
  const [key, label] = KINDS.find(([name]) => typeof contact[name] === 'object' && contact[name] !== null) ?? [
    '',
    'Contact',
  ];
  return { key, label, body: row(contact[key]) };
}

function phonesOf(
  body: Row,
): readonly { readonly field: string; readonly label: string; readonly shown: string; readonly stored: Row }[] {
  return PHONES.map(([field, label]) => ({ field, label, stored: row(body[field]) }))
    .map((phone) => ({
      ...phone,
      shown: [text(phone.stored['areaCode']), text(phone.stored['number'])].filter((part) => part !== '').join(' '),
    }))
    .filter((phone) => phone.shown !== '');
}

function addressLines(address: Row): readonly string[] {
  const street = ['unitNumber', 'streetNumber', 'streetName', 'streetType']
    .map((part) => text(address[part]))
    .filter((part) => part !== '');
  const place = ['city', 'locality', 'county', 'state', 'zipCode']
    .map((part) => text(address[part]))
    .filter((part) => part !== '');
  const lines = [
    text(address['careOf']),
    text(address['addressLine1']),
    text(address['addressLine2']),
    street.join(' '),
    place.join(', '),
  ];
  return [...lines, text(address['country'])].filter((line) => line !== '');
}
