import type { Call, Route } from '../gateway/call';
import { ok, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findPlain } from './find-record';
import { Links } from './links';
import { pagedAnswer } from './paging';
import type { PlainInput } from './plain-changes';
import { readFields, refuseField, requireFields, text, ticksParameter } from './read-input';
import { writeLater } from './write-later';

const FLAGS = 'isBillable taxInclusive taxExempt taxZeroRated taxOutOfScope'.split(' ');
const SHAPE = {
  ...Object.fromEntries(FLAGS.map((name) => [name, 'flag' as const])),
  updatedByUserId: 'text',
  type: 'whole',
  description: 'text',
  code: 'text',
  rateType: 'whole',
  rate: 'number',
  quantity: 'number',
  inputTaxRate: 'number',
  outputTaxRate: 'number',
} as const;
const LONGEST_CODE = 20;
const READ = ['activitycodes/read'];
const WRITE = ['activitycodes/write'];

export const activityCodeRoutes: readonly Route[] = [
  { method: 'GET', template: '/activitycodes', scopes: READ, handle: list },
  { method: 'POST', template: '/activitycodes', scopes: WRITE, handle: (call) => write(call, 'create') },
  { method: 'GET', template: '/activitycodes/{id}', scopes: READ, handle: read },
  { method: 'PUT', template: '/activitycodes/{id}', scopes: WRITE, handle: (call) => write(call, 'put') },
  { method: 'DELETE', template: '/activitycodes/{id}', scopes: WRITE, handle: (call) => write(call, 'delete') },
];

function list(call: Call): Answer {
  const since = ticksParameter(call, 'UpdatedSince');
  const rows = [...call.firm.plain.activitycodes.listing.values()].filter(
    (code) => since === undefined || BigInt(code.lastUpdated) >= since,
  );
  return pagedAnswer(call, rows, activityCodeView);
}

function read(call: Call): Answer {
  const id = call.params['id'] ?? '';
  return ok(activityCodeView(findPlain(call, 'activitycodes', 'Activity code', id), new Links(call.hrefBase)));
}

function write(call: Call, how: PlainInput['how']): Answer {
  const given = call.params['id'] ?? '';
  const id = how === 'create' ? call.world.random.uuid() : findPlain(call, 'activitycodes', 'Activity code', given).id;
  const fields = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how !== 'delete') requireFields(fields, ['code']);
  if ((text(fields['code'])?.length ?? 0) > LONGEST_CODE) refuseField('code', `At most ${LONGEST_CODE} characters.`);
  const input: PlainInput = { resource: 'activitycodes', matterId: null, how, fields };
  const path = `activitycodes/${id}`;
  return writeLater(call, { operation: 'plain.write', resourceName: 'ActivityCode', id, path, input });
}

export function activityCodeView(code: PlainRecord, links: Links): Record<string, unknown> {
  const { body } = code;
  const number = (name: string): number => (typeof body[name] === 'number' ? body[name] : 0);
  return {
    id: code.id,
    href: links.href(`activitycodes/${code.id}`) ?? undefined,
    method: links.isForWebhooks() ? undefined : 'GET',
    versionId: code.versionId,
    updatedByUserId: code.updatedBy ?? code.createdBy,
    type: number('type'),
    description: body['description'] ?? null,
    code: body['code'] ?? null,
    rateType: number('rateType'),
    rate: number('rate'),
    quantity: number('quantity'),
    ...Object.fromEntries(FLAGS.map((name) => [name, body[name] === true])),
    isDeleted: code.isDeleted,
  };
}
