import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { UserRecord } from '../model/records';
import { found } from './find-record';
import { collectionAnswer } from './paging';

export const firmRoutes: readonly Route[] = [
  { method: 'GET', template: '/firm', scopes: ['firm/read'], handle: firm },
  { method: 'GET', template: '/firmusers', scopes: ['firmusers/read'], handle: firmUsers },
  { method: 'GET', template: '/firmusers/{id}', scopes: ['firmusers/read'], handle: firmUser },
  // An earlier official document had this path, and both may be in use.
  { method: 'GET', template: '/firm/users', scopes: ['firmusers/read'], handle: firmUsers },
  { method: 'GET', template: '/users/{id}', scopes: ['users/read'], handle: user },
  { method: 'GET', template: '/referraltypes', scopes: ['referraltypes/read'], handle: referralTypes },
  { method: 'GET', template: '/referraltypes/{id}', scopes: ['referraltypes/read'], handle: referralType },
];

function firm(call: Call): Answer {
  const record = call.firm.record();
  return ok({ id: record.id, href: `${call.hrefBase}/firm`, method: 'GET', name: record.name, ...record.body });
}

/** A bare array, not an envelope. */
function firmUsers(call: Call): Answer {
  const users = [...call.firm.users.values()].filter(isMapped).map((known) => firmUserView(call, known));
  return call.world.isOff('bareUsers') ? collectionAnswer(call, users) : ok(users);
}

/** A user that was only just made has no staff member yet. */
function isMapped(known: UserRecord): boolean {
  return known.staffId !== '';
}

/** By staff id or by user id. */
function firmUser(call: Call): Answer {
  const id = call.params['id'] ?? '';
  const isIt = (known: UserRecord): boolean => known.id === id || known.staffId === id;
  return ok(
    firmUserView(
      call,
      found(call, 'Firm user', id, (firm) => [...firm.users.values()].find(isIt)),
    ),
  );
}

function firmUserView(call: Call, known: UserRecord): unknown {
  const { id, staffId, isFormerUser } = known;
  return { id, href: `${call.hrefBase}/firmusers/${id}`, method: 'GET', staffId, userId: id, isFormerUser };
}

function user(call: Call): Answer {
  const id = call.params['id'] ?? '';
  const known = found(call, 'User', id, (firm) => firm.users.get(id));
  const href = `${call.hrefBase}/users/${id}`;
  return ok({ id, href, method: 'GET', userId: id, email: known.email, isInternal: false, bypassMfa: false });
}

const REFERRAL_TYPES = ['Advertisement', 'Existing Client', 'Friend or Family', 'Search Engine', 'Another Lawyer'].map(
  (name, index) => ({ id: `a0000000-0000-4000-8000-00000000000${index + 1}`, name, isDeleted: false }),
);

function referralTypes(call: Call): Answer {
  return collectionAnswer(
    call,
    REFERRAL_TYPES.map((type) => ({ ...type, href: `${call.hrefBase}/referraltypes/${type.id}`, method: 'GET' })),
  );
}

function referralType(call: Call): Answer {
  const id = call.params['id'] ?? '';
  const type = REFERRAL_TYPES.find((known) => known.id === id);
  if (type === undefined) throw new Refusal(notFound('Referral type', id));
  return ok({ ...type, href: `${call.hrefBase}/referraltypes/${id}`, method: 'GET' });
}
