import { randomUUID } from 'node:crypto';
import { FieldCipher } from '@matterline/platform';
import { eventPlace, Inbox, ProcessEvent } from '@matterline/webhooks';
import { ACCOUNT_ID, type AppUnderTest } from './app-under-test';

export interface Arriving {
  readonly type: string;
  readonly id: string;
  readonly requestId?: string | null;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly timestamp?: bigint;
}

export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A verified event as the hook stores it. */
export async function storeEvent(at: AppUnderTest, firmId: string, event: Arriving): Promise<void> {
  const { type, id: resourceId, requestId = null, payload = {}, timestamp = 639_000_000_000_000_000n } = event;
  const text = JSON.stringify({ accountId: ACCOUNT_ID, type, payload: { id: resourceId, ...payload } });
  const body = Buffer.from(`${text.slice(0, -1)},"timestamp":${timestamp}}`);
  await at.inFirm(firmId, (scope) =>
    at.get(Inbox).store(scope, { source: 'smokeball', type, resourceId, requestId, body, dedupe: [randomUUID()] }),
  );
}

/** Works through what waits, as the sweep would. @returns the notes of all events, oldest first */
export async function runEvents(at: AppUnderTest, firmId: string): Promise<string[]> {
  for (const id of await openEvents(at, firmId)) await at.get(ProcessEvent).run(firmId, id);
  at.clock.advance(1);
  const rows = await at.database.query<{ note: string | null }>(
    'select note from events_in where firm_id = $1 order by received_at, id',
    [firmId],
  );
  return rows.map(({ note }) => note ?? '');
}

export async function openEvents(at: AppUnderTest, firmId: string): Promise<string[]> {
  const rows = await at.database.query<{ id: string }>(
    `select id from events_in where firm_id = $1 and state in ('pending', 'running') order by received_at, id`,
    [firmId],
  );
  return rows.map(({ id }) => id);
}

/** What CaseHug is told, in order. */
export async function toldTo(at: AppUnderTest, firmId: string): Promise<Told[]> {
  const rows = await at.database.query<{ id: string; body_enc: Buffer }>(
    'select id, body_enc from events_out where firm_id = $1 order by position',
    [firmId],
  );
  return rows.map((row) => at.get(FieldCipher).openJson<Told>(eventPlace(firmId, row.id), row.body_enc));
}
