import type { MatterPut, OperationNotice } from '@matterline/contracts';
import { EventHandlers } from '@matterline/webhooks';
import { FieldCipher } from '@matterline/platform';
import {
  MatterPlanner,
  noticesOf,
  OPERATION_COLUMNS,
  OperationCloser,
  OperationHandlers,
  OperationRunner,
  type OperationRow,
  failed,
} from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { PutMatter } from '../matters/put-matter';
import { ScriptedSmokeball } from './scripted-smokeball';

const CLIENT = { id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' };
const MINUTE_MS = 60_000;

/** The whole API on a real PostgreSQL before a scripted Smokeball, with one firm whose contacts have all arrived. */
export class MatterRoom {
  firmId = '';
  apiKey = '';

  private constructor(
    readonly one: AppUnderTest,
    readonly smokeball: ScriptedSmokeball,
  ) {}

  static async open(): Promise<MatterRoom> {
    const smokeball = await ScriptedSmokeball.start();
    return new MatterRoom(await startApp({ smokeballUrl: smokeball.url }), smokeball);
  }

  async close(): Promise<void> {
    await this.one.close();
    await this.smokeball.stop();
  }

  /** A fresh firm, and a Smokeball that has heard of nothing. */
  async newFirm(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.smokeball.forget();
    ({ firmId: this.firmId, apiKey: this.apiKey } = await this.one.firm());
    await this.one.connect(this.firmId);
    await this.settings(settings);
    await this.one.database.query('delete from matter_type_catalogues');
  }

  async settings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.one.database.query('update firms set settings = $2 where firm_id = $1', [
      this.firmId,
      JSON.stringify(settings),
    ]);
  }

  /** CaseHug says it, and it is to be synced. */
  async put(change: Partial<MatterPut> = {}, { sync = true } = {}): Promise<void> {
    const put = { title: 'Rivera', case_type: 'Divorce (Standard)', state: 'Illinois', clients: [CLIENT], ...change };
    await this.one.get(PutMatter).put(this.firmId, 'mat_1', put, { sync, actor: 'key:key_1' });
    await this.one.database.query(
      `update contact_links l set state = 'confirmed', smokeball_contact_id = 'contact-' || l.client_id, sent_hash = p.party_hash
         from parties p where p.firm_id = l.firm_id and p.client_id = l.client_id and l.firm_id = $1`,
      [this.firmId],
    );
    await this.one.database.query(`delete from operations where firm_id = $1 and kind like 'contact.%'`, [this.firmId]);
  }

  /** As asked for by a person who presses the button. */
  async sync(): Promise<void> {
    await this.one.inFirm(this.firmId, (scope) =>
      this.one.get(MatterPlanner).plan(scope, { matterId: 'mat_1', trigger: 'manual' }),
    );
  }

  /** Runs what is due, each thing at its time, until nothing is open or `rounds` have passed. */
  async work(rounds = 12): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const open = await this.one.database.query<{ id: string }>(
        `select id from operations where firm_id = $1 and state in ('pending', 'running', 'accepted') order by position`,
        [this.firmId],
      );
      if (open.length === 0) return;
      this.one.clock.advance(MINUTE_MS);
      for (const { id } of open) await this.one.get(OperationRunner).run(this.firmId, id);
    }
  }

  /** `kind state code`, in the order they were written down. */
  async operations(): Promise<string[]> {
    return (await this.rows()).map((row) => [row.kind, row.state, row.error_code].filter(Boolean).join(' '));
  }

  async rows(): Promise<OperationRow[]> {
    return await this.one.database.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where firm_id = $1 order by position`,
      [this.firmId],
    );
  }

  async newest(): Promise<OperationRow> {
    const row = (await this.rows()).at(-1);
    if (!row) throw new Error('nothing was written down');
    return row;
  }

  async notices(): Promise<OperationNotice[]> {
    return noticesOf(this.one.get(FieldCipher), await this.newest());
  }

  async link(): Promise<Record<string, unknown>> {
    const [row] = await this.one.database.query<Record<string, unknown>>(
      'select * from matter_links where firm_id = $1',
      [this.firmId],
    );
    return row ?? {};
  }

  /** Smokeball's late word on the newest operation. */
  async refuseLater(message: string): Promise<void> {
    const operation = await this.newest();
    const code = this.one.get(OperationHandlers).get(operation.kind).refusal?.(message) ?? 'refused_later';
    await this.one.inFirm(this.firmId, (scope) =>
      this.one.get(OperationCloser).fail(scope, operation, { ...failed(code, message), isRefusedLater: true }),
    );
  }

  /** An event as the inbox hands it over. */
  async event(type: string, payload: Readonly<Record<string, unknown>> = {}, timestamp?: bigint): Promise<string> {
    const handler = this.one.get(EventHandlers).forSmokeball(type);
    if (!handler) throw new Error(`nobody handles ${type}`);
    const { firmId } = this;
    const notification = { accountId: 'acc-1', type, payload, timestamp } as never;
    const resourceId = typeof payload['id'] === 'string' ? payload['id'] : null;
    const event = { firmId, id: 'evt_1', type, resourceId, requestId: null, isEcho: false, notification };
    return (await handler(event)).note;
  }

  async api(method: 'GET' | 'PUT' | 'DELETE', url: string, session: Readonly<Record<string, string>>, body?: unknown) {
    const answer = await this.one.app.inject({ method, url, headers: session, payload: body as object });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json<Record<string, never>>() };
  }
}
