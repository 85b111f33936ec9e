import type { Call, Route } from '../gateway/call';
import { accepted, type Answer } from '../http/answer';
import type { UserRecord } from '../model/records';
import { found } from './find-record';
import { readFields, refuseField, requireFields, text } from './read-input';
import { writeLater } from './write-later';

const GOOD_PASSWORD = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9]).{8,}$/;
const USER_SHAPE = {
  email: 'text',
  password: 'text',
  expireAfterDays: 'whole',
  isInternal: 'flag',
  bypassMfa: 'flag',
} as const;

export const userWriteRoutes: readonly Route[] = [
  { method: 'PUT', template: '/firmusers/{id}', scopes: ['firmusers/write'], handle: map },
  { method: 'DELETE', template: '/firmusers/{id}', scopes: ['firmusers/write'], handle: removeMapping },
  { method: 'POST', template: '/users', scopes: ['users/write'], handle: create },
  { method: 'DELETE', template: '/users/{id}', scopes: ['users/write'], handle: remove },
  { method: 'POST', template: '/users/{id}/invite', scopes: ['users/write'], handle: invite },
];

/** Joins a user to a staff member; the id in the path may be of either. */
function map(call: Call): Answer {
  const fields = readFields(call.body, { userId: 'text', staffId: 'text' });
  const known = mappedUser(call);
  const userId = text(fields['userId']) ?? known.id;
  const staffId = text(fields['staffId']) ?? known.staffId;
  const { firm } = call;
  const isUser = firm.users.get(userId) !== undefined;
  const isStaff = firm.staff.get(staffId) !== undefined;
  return writeLater(call, {
    operation: 'users.map',
    resourceName: 'FirmUser',
    id: userId,
    path: `firmusers/${userId}`,
    input: { userId, staffId },
    lateError:
      isUser && isStaff
        ? undefined
        : `${isUser ? `Staff ${staffId}` : `User ${userId}`} does not belong to account ${firm.accountId}.`,
  });
}

/** The 202 of this one is described without a body. */
function removeMapping(call: Call): Answer {
  leave(call, mappedUser(call), 'firmusers');
  return { status: 202 };
}

/** The simulator sends no e-mail: a user that is made without a password signs in with "demo", as the seeded ones do. */
function create(call: Call): Answer {
  const fields = readFields(call.body, USER_SHAPE);
  requireFields(fields, ['email']);
  const email = text(fields['email']) ?? '';
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) refuseField('email', 'The email field is not a valid e-mail address.');
  const password = text(fields['password']);
  if (password !== null && !GOOD_PASSWORD.test(password)) {
    refuseField('password', 'The password needs lower and upper case letters, a digit and a special character.');
  }
  const isTaken = call.tenant.userByEmail(email) !== undefined;
  const id = call.world.random.uuid();
  return writeLater(call, {
    operation: 'users.create',
    resourceName: 'User',
    id,
    path: `users/${id}`,
    input: { email, password: password ?? 'demo' },
    lateError: isTaken ? `A user with the e-mail address ${email} already exists.` : undefined,
  });
}

function remove(call: Call): Answer {
  return leave(call, findUser(call), 'users');
}

function leave(call: Call, user: UserRecord, resource: 'users' | 'firmusers'): Answer {
  return writeLater(call, {
    operation: 'users.leave',
    resourceName: resource === 'users' ? 'User' : 'FirmUser',
    id: user.id,
    path: `${resource}/${user.id}`,
    input: null,
  });
}

/** Accepted for a user of the firm, and nothing is sent. */
function invite(call: Call): Answer {
  requireFields(readFields(call.body, { email: 'text' }), ['email']);
  const { id } = findUser(call);
  return accepted({ id, href: `${call.hrefBase}/users/${id}`, rel: 'self', method: 'GET' });
}

function findUser(call: Call): UserRecord {
  const id = call.params['id'] ?? '';
  return found(call, 'User', id, (firm) => firm.users.get(id));
}

function mappedUser(call: Call): UserRecord {
  const id = call.params['id'] ?? '';
  const isIt = (user: UserRecord): boolean => user.id === id || user.staffId === id;
  return found(call, 'Firm user', id, (firm) => [...firm.users.values()].find(isIt));
}
