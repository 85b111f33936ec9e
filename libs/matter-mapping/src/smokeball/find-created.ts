import type { CallResult, Page, Matter } from '@matterline/smokeball-client';
import type { OperationContext } from '@matterline/sync';

/** The matter that an earlier try may have made: the one that an event named, else among its client's matters, by CaseHug's id. */
export async function findCreated(
  context: OperationContext,
  matterId: string,
  clientId: string | undefined,
): Promise<CallResult<{ id: string } | null>> {
  context.step('Look whether an earlier try has created it');
  const hinted = context.progress['event_id'];
  if (typeof hinted === 'string') {
    const answer = await context.smokeball.matters.get(hinted, context.call);
    if (answer.ok && answer.data.externalSystemId === matterId) return { ...answer, data: { id: answer.data.id } };
  }
  let offset: number | null = 0;
  while (offset !== null) {
    const answer: CallResult<Page<Matter>> = await context.smokeball.matters.list(
      { contactId: clientId, type: 'Matters,Leads', limit: 500, offset },
      context.call,
    );
    if (!answer.ok) return answer;
    const found = answer.data.items.find((one) => one.externalSystemId === matterId && one.status !== 'Deleted');
    if (found) return { ...answer, data: { id: found.id } };
    offset = answer.data.nextOffset;
  }
  return { ok: true, status: 200, data: null, requestId: context.operation.id };
}
