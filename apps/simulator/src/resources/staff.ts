import type { Call, Route } from '../gateway/call';
import { badRequest, ok, Refusal, type Answer } from '../http/answer';
import type { StaffRecord } from '../model/records';
import { found } from './find-record';
import { Links } from './links';
import { pagedAnswer } from './paging';
import { text } from './read-input';
import { parseSearchTerm, textMatcher, type SearchTerm } from './search-term';

export const staffRoutes: readonly Route[] = [
  { method: 'GET', template: '/staff', scopes: ['staff/read'], handle: list },
  { method: 'GET', template: '/staff/{id}', scopes: ['staff/read'], handle: read },
];

function list(call: Call): Answer {
  const terms = call.query.all('Search').map((search) => {
    const term = parseSearchTerm(search);
    const isGood = term !== undefined && (term.field === 'email' || term.field === 'name');
    return isGood ? term : refuseSearch();
  });
  const rows = [...call.firm.staff.values()].filter((staff) => terms.every((term) => fits(staff, term)));
  const withRate = call.query.names('Fields').has('rate');
  return pagedAnswer(call, rows, (staff, links) => staffView(staff, links, withRate));
}

function read(call: Call): Answer {
  const id = call.params['id'] ?? '';
  const staff = found(call, 'Staff', id, (firm) => firm.staff.get(id));
  return ok(staffView(staff, new Links(call.hrefBase), true));
}

export function staffView(staff: StaffRecord, links: Links, withRate: boolean): Record<string, unknown> {
  const href = links.href(`staff/${staff.id}`);
  return {
    id: staff.id,
    href,
    method: 'GET',
    versionId: staff.versionId,
    ...staff.body,
    rate: withRate ? staff.rate : undefined,
    former: staff.former,
    enabled: staff.enabled,
    userId: staff.userId,
  };
}

function fits(staff: StaffRecord, term: SearchTerm): boolean {
  const first = text(staff.body['firstName']) ?? '';
  const last = text(staff.body['lastName']) ?? '';
  const candidate = term.field === 'email' ? (text(staff.body['email']) ?? '') : `${first} ${last}`;
  const isMatch = textMatcher(term)(candidate.toLowerCase());
  return term.operator === ':!' ? !isMatch : isMatch;
}

function refuseSearch(): never {
  throw new Refusal(badRequest('Invalid search term'));
}
