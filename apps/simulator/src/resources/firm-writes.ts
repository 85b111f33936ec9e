import type { Call, Route } from '../gateway/call';
import type { Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import { readFields, refuseField, text, texts, type Fields } from './read-input';
import { writeLater } from './write-later';

const ADDRESS = named(
  'buildingLevel unitNumber unitType streetNumber streetName streetType addressLine1 addressLine2 city state zipCode county locality country careOf poBoxType poBoxNumber',
);
const SHAPE = {
  ...named('productId name email abn acn'),
  addOnIds: ['text'],
  streetAddress: ADDRESS,
  mailingAddress: ADDRESS,
  dxAddress: named('number exchange state'),
  phone: named('areaCode number'),
  fax: named('areaCode number'),
  status: named('status statusMessage'),
} as const;
const STATUSES: ReadonlySet<string> = new Set(['Active', 'Warning', 'Suspended']);

export const firmWriteRoutes: readonly Route[] = [
  { method: 'PUT', template: '/firm', scopes: ['firm/write'], handle: update },
];

function update(call: Call): Answer {
  const fields = readFields(call.body, SHAPE);
  const status = text((fields['status'] as Fields | undefined)?.['status']);
  if (status !== null && !STATUSES.has(status)) refuseField('status', `The value '${status}' is not valid for status.`);
  if (texts(fields['addOnIds']).length > 0 && text(fields['productId']) === null) {
    refuseField('addOnIds', 'Add-ons must be given together with a productId.');
  }
  const id = call.firm.accountId;
  return writeLater(call, { operation: 'firm.update', resourceName: 'Firm', id, path: 'firm', input: fields });
}

/** `firm.update`: members that are absent stay as they were. */
export function updateFirm(firm: Firm, commit: Commit, world: World): void {
  const { name, ...fields } = commit.input as Fields;
  const before = firm.record();
  const status =
    fields['status'] === undefined ? {} : { status: { statusMessage: '', ...(fields['status'] as object) } };
  const body = { ...before.body, ...fields, ...status, versionId: world.random.uuid() };
  const now = world
    .tenant(firm.tenant)
    .firmRecords.put(before.id, { ...before, name: text(name) ?? before.name, body });
  const payload = { id: now.id, name: now.name, ...now.body };
  world.dispatcher.raise(firm, { type: 'firm.updated', payload, origin: commit.origin });
}

function named(names: string): Record<string, 'text'> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'text' as const]));
}
