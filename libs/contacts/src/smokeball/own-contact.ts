import type { Party } from '@matterline/contracts';
import { type CallResult, type Contact, searchTerm } from '@matterline/smokeball-client';
import type { OperationContext } from '@matterline/sync';
import { partyName } from '../parties';

type Looked = CallResult<{ id: string } | null>;

/**
 * The contact that an earlier try of this operation may have made, after an outcome that nobody saw. It carries CaseHug's id, which cannot
 * be searched for: so by the event's hint, the e-mail address, then the name. Source: docs/smokeball-api.md#async-writes.
 */
export async function lookForOwn(context: OperationContext, party: Party): Promise<Looked> {
  context.step('Look whether an earlier try has created it');
  const hinted = context.progress['event_id'];
  if (typeof hinted === 'string') {
    const answer = await context.smokeball.contacts.get(hinted, context.call);
    if (answer.ok) return { ...answer, data: ownAmong([answer.data], party) };
  }
  if (party.email) {
    const answer = await context.smokeball.contacts.searchByEmail(party.email, context.call);
    if (!answer.ok) return answer;
    const found = ownAmong(answer.data.items, party);
    if (found) return { ...answer, data: found };
  }
  return await lookByName(context, party);
}

/** The address may have been changed in CaseHug since that try. */
async function lookByName(context: OperationContext, party: Party): Promise<Looked> {
  const name = party.company_name || party.last_name || partyName(party);
  const search = [searchTerm('name', name, 'contains')];
  let offset: number | null = 0;
  while (offset !== null) {
    const answer: Awaited<ReturnType<typeof context.smokeball.contacts.list>> = await context.smokeball.contacts.list(
      { search, excludeDeleted: true, limit: 500, offset },
      context.call,
    );
    if (!answer.ok) return answer;
    const found = ownAmong(answer.data.items, party);
    if (found) return { ...answer, data: found };
    offset = answer.data.nextOffset;
  }
  return { ok: true, status: 200, data: null, requestId: context.operation.id };
}

function ownAmong(contacts: readonly Contact[], party: Party): Contact | null {
  return contacts.find((contact) => !contact.isDeleted && contact.externalSystemId === party.id) ?? null;
}
