import type { Shape } from '../http/shape';

const PHONE = { areaCode: 'text', number: 'text' } as const satisfies Shape;
const PO_BOX = texts('careOf poBoxType poBoxNumber city state zipCode');
const ADDRESS = {
  ...texts('careOf buildingLevel unitNumber unitType streetNumber streetName streetType addressLine1 addressLine2'),
  ...texts('city state zipCode locality county country'),
  poBox: PO_BOX,
} as const satisfies Shape;

export const PERSON_SHAPE = {
  ...texts('title firstName middleName lastName nameSuffix customName otherNames email notes occupation gender'),
  ...texts('maritalStatus specialNeeds birthPlace birthState birthCountry identificationNumberType'),
  ...texts('identificationNumber birthFirstName birthMiddleName birthLastName previousNames'),
  ...texts('correctionsReferenceNumber centrelinkReferenceNumber'),
  birthDate: 'moment',
  phone: PHONE,
  phone2: { ...PHONE, extension: 'text' },
  cell: PHONE,
  fax: PHONE,
  residentialAddress: ADDRESS,
  mailingAddress: ADDRESS,
} as const satisfies Shape;

export const COMPANY_SHAPE = {
  ...texts('name type email website notes abn ein stateId stateRegisteredIn countryRegisteredIn branch'),
  ...texts('companyNumberType companyNumber doingBusinessAsName tradingAs tradingName'),
  registeredDate: 'moment',
  firmIsRegisteredAgent: 'flag',
  phone: PHONE,
  fax: PHONE,
  businessAddress: { ...ADDRESS, dxAddress: texts('number exchange state') },
  mailingAddress: ADDRESS,
  registeredAddress: ADDRESS,
  staffIds: ['text'],
  directorIds: ['text'],
} as const satisfies Shape;

export const TRUST_SHAPE = {
  ...texts('name status trustNumber'),
  executedDate: 'moment',
  phone: PHONE,
  fax: PHONE,
  address: ADDRESS,
  trustees: [texts('name type')],
} as const satisfies Shape;

export const GROUP_SHAPE = {
  peopleIds: ['text'],
  residentialAddress: ADDRESS,
  mailingAddress: ADDRESS,
} as const satisfies Shape;

export const CONTACT_SHAPE = {
  externalSystemId: 'text',
  person: PERSON_SHAPE,
  company: COMPANY_SHAPE,
  trust: TRUST_SHAPE,
  groupOfPeople: GROUP_SHAPE,
  isDeleted: 'flag',
} as const satisfies Shape;

function texts(names: string): Record<string, 'text'> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'text' as const]));
}
