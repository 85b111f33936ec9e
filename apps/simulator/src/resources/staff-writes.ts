import type { Call, Route } from '../gateway/call';
import type { Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { StaffRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import { found } from './find-record';
import { Links } from './links';
import { readFields, text, type Fields } from './read-input';
import { staffView } from './staff';
import { setUserOfStaff } from './user-changes';
import { writeLater } from './write-later';

const PHONE = { areaCode: 'text', number: 'text' } as const;
export const STAFF_SHAPE = {
  ...Object.fromEntries(
    'userId title firstName middleName lastName initials email role avatar colorFill colorStroke'
      .split(' ')
      .map((name) => [name, 'text' as const]),
  ),
  phone: PHONE,
  cell: PHONE,
  former: 'flag',
} as const;
const OWN_MEMBERS: ReadonlySet<string> = new Set(['userId', 'former']);
const WRITE = ['staff/write'];

export const staffWriteRoutes: readonly Route[] = [
  { method: 'POST', template: '/staff', scopes: WRITE, handle: (call) => put(call, call.world.random.uuid()) },
  { method: 'PUT', template: '/staff/{id}', scopes: WRITE, handle: (call) => put(call, findStaff(call).id) },
  { method: 'DELETE', template: '/staff/{id}', scopes: WRITE, handle: remove },
];

/** The whole write model; the hourly rate is not part of it and stays. */
function put(call: Call, id: string): Answer {
  const fields = readFields(call.body, STAFF_SHAPE);
  const userId = text(fields['userId']);
  const isUnknown = userId !== null && call.firm.users.get(userId) === undefined;
  return writeLater(call, {
    operation: 'staff.put',
    resourceName: 'Staff',
    id,
    path: `staff/${id}`,
    input: fields,
    lateError: isUnknown ? `User ${userId} does not belong to account ${call.firm.accountId}.` : undefined,
  });
}

function remove(call: Call): Answer {
  const { id } = findStaff(call);
  return writeLater(call, { operation: 'staff.leave', resourceName: 'Staff', id, path: `staff/${id}`, input: null });
}

function findStaff(call: Call): StaffRecord {
  const id = call.params['id'] ?? '';
  return found(call, 'Staff', id, (firm) => firm.staff.get(id));
}

/** `staff.put`: a new member, or another version of one. A member who leaves loses the user as well. */
export function putStaff(firm: Firm, commit: Commit, world: World): void {
  const fields = commit.input as Fields;
  const before = firm.staff.get(commit.id);
  const userId = text(fields['userId']) ?? before?.userId ?? null;
  const former = typeof fields['former'] === 'boolean' ? fields['former'] : (before?.former ?? false);
  const staff: StaffRecord = {
    id: commit.id,
    versionId: world.random.uuid(),
    userId,
    former,
    enabled: former ? false : (before?.enabled ?? true),
    rate: before?.rate ?? 0,
    body: Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => !OWN_MEMBERS.has(name) && value !== null),
    ),
  };
  firm.staff.put(staff.id, staff);
  raise(firm, commit, world, staff, before === undefined ? 'staff.created' : 'staff.updated');
  if (userId !== null) setUserOfStaff(firm, commit, world, userId, { staffId: staff.id, isFormerUser: former });
}

/** `staff.leave`: the member stays as a former one and can no longer sign in. */
export function staffLeaves(firm: Firm, commit: Commit, world: World): void {
  const before = firm.staff.get(commit.id);
  if (before === undefined) return;
  const staff = { ...before, versionId: world.random.uuid(), former: true, enabled: false };
  firm.staff.put(staff.id, staff);
  raise(firm, commit, world, staff, 'staff.updated');
  if (before.userId === null) return;
  setUserOfStaff(firm, commit, world, before.userId, { staffId: staff.id, isFormerUser: true });
}

function raise(firm: Firm, commit: Commit, world: World, staff: StaffRecord, type: string): void {
  const { href: _href, method: _method, ...payload } = staffView(staff, new Links(null), true);
  world.dispatcher.raise(firm, { type, payload, origin: commit.origin });
}
