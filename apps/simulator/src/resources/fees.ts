import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findMatter, findPlain } from './find-record';
import { Links } from './links';
import { pagedAnswer } from './paging';
import { latePlainError, type PlainInput } from './plain-changes';
import { readFields, requireFields, text, ticksParameter, type Fields } from './read-input';
import { writeLater } from './write-later';

const FLAGS = 'taxInclusive taxExempt taxOutOfScope finalized isWrittenOff isBillable isInvoicedExternally'.split(' ');
const TEXTS = 'updatedByUserId staffId invoiceId activityCode subject description createdFromActivityId'.split(' ');
const SHAPE = {
  ...Object.fromEntries(TEXTS.map((name) => [name, 'text' as const])),
  ...Object.fromEntries(FLAGS.map((name) => [name, 'flag' as const])),
  feeType: 'whole',
  feeDate: 'moment',
  duration: 'whole',
  durationWorked: 'whole',
  rate: 'number',
  tax: 'number',
  sourceItems: [{ description: 'text', duration: 'whole', isBillable: 'flag' }],
} as const;
const MINUTES_PER_HOUR = 60;
const TIME_BASED = 1;
const READ = ['matters/read', 'fees/read'];
const WRITE = ['matters/write', 'fees/write'];
const ONE = '/matters/{matterId}/fees/{id}';

export const feeRoutes: readonly Route[] = [
  { method: 'GET', template: '/matters/{matterId}/fees', scopes: READ, handle: list },
  { method: 'POST', template: '/matters/{matterId}/fees', scopes: WRITE, handle: (call) => write(call, 'create') },
  { method: 'GET', template: ONE, scopes: READ, handle: read },
  { method: 'PUT', template: ONE, scopes: WRITE, handle: (call) => write(call, 'put') },
  { method: 'PATCH', template: ONE, scopes: WRITE, handle: (call) => write(call, 'patch') },
  { method: 'DELETE', template: ONE, scopes: WRITE, handle: (call) => write(call, 'delete') },
];

function list(call: Call): Answer {
  const matter = findMatter(call);
  const since = ticksParameter(call, 'UpdatedSince');
  const rows = [...call.firm.plain.fees.listing.values()].filter(
    (fee) => fee.matterId === matter.id && (since === undefined || BigInt(fee.lastUpdated) >= since),
  );
  return pagedAnswer(call, rows, feeView);
}

function read(call: Call): Answer {
  findMatter(call);
  return ok(feeView(findPlain(call, 'fees', 'Fee', call.params['id'] ?? ''), new Links(call.hrefBase)));
}

/** A change of a fee that is not there is accepted, and fails later. */
function write(call: Call, how: PlainInput['how']): Answer {
  const matter = findMatter(call);
  const id = how === 'create' ? call.world.random.uuid() : (call.params['id'] ?? '');
  const fields = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how === 'create' || how === 'put') requireFields(fields, ['feeDate', 'subject']);
  const before = call.firm.plain.fees.get(id);
  const isUnknown = how !== 'create' && before?.matterId !== matter.id;
  if (isUnknown && call.world.isOff('unknownFee')) throw new Refusal(notFound('Fee', id));
  const staffId = text(fields['staffId']);
  const input: PlainInput = { resource: 'fees', matterId: matter.id, how, fields: withStaff(call, how, fields) };
  return writeLater(call, {
    operation: 'plain.write',
    resourceName: 'Fee',
    id,
    path: `matters/${matter.id}/fees/${id}`,
    input,
    lateError: isUnknown ? `Fee ${id} was not found.` : latePlainError(call, staffId === null ? [] : [staffId], null),
  });
}

/** Without a staff id the calling user's own is taken. */
function withStaff(call: Call, how: PlainInput['how'], fields: Fields): Fields {
  if (how !== 'create' || text(fields['staffId']) !== null || call.userId === null) return fields;
  return { ...fields, staffId: call.firm.users.get(call.userId)?.staffId ?? null };
}

export function feeView(fee: PlainRecord, links: Links): Record<string, unknown> {
  const { body } = fee;
  const number = (name: string): number => (typeof body[name] === 'number' ? body[name] : 0);
  const staffId = text(body['staffId']);
  const matterId = fee.matterId ?? '';
  const isTime = number('feeType') === TIME_BASED;
  const amount = isTime
    ? Math.round(((number('duration') * number('rate')) / MINUTES_PER_HOUR) * 100) / 100
    : number('rate');
  const tax = number('tax');
  const isBillable = body['isBillable'] === true;
  return {
    id: fee.id,
    href: links.href(`matters/${matterId}/fees/${fee.id}`) ?? undefined,
    method: links.isForWebhooks() ? undefined : 'GET',
    versionId: fee.versionId,
    matter: links.to(`matters/${matterId}`, matterId, 'Matter'),
    staff: staffId === null ? null : links.staff(staffId, 'Staff'),
    matterId,
    staffId,
    createdByUserId: fee.createdBy,
    createdDate: fee.createdAt,
    lastUpdatedByUserId: fee.updatedBy,
    invoiceId: body['invoiceId'] ?? null,
    activityCode: body['activityCode'] ?? null,
    subject: body['subject'] ?? null,
    description: body['description'] ?? null,
    feeDate: body['feeDate'] ?? fee.createdAt,
    feeType: number('feeType'),
    ...Object.fromEntries(FLAGS.map((name) => [name, body[name] === true])),
    tax,
    duration: number('duration'),
    durationWorked: body['durationWorked'] ?? null,
    rate: number('rate'),
    amount,
    amountExcTax: amount,
    amountIncTax: amount + tax,
    billableAmountExcTax: isBillable ? amount : 0,
    billableTax: isBillable ? tax : 0,
    isDeleted: fee.isDeleted,
    sourceItems: body['sourceItems'] ?? [],
    createdFromActivityId: body['createdFromActivityId'] ?? null,
  };
}
