import { webhookCreateSchema } from '@matterline/contracts';
import type { AppUnderTest } from '../../../../config/testing/app-under-test';
import { type FakeServer, startFakeServer } from '../../../../config/testing/stand-in';
import { Deliver } from '../outgoing/deliver';
import { Endpoints } from '../outgoing/endpoints';
import { OutgoingEvents } from '../outgoing/outgoing-events';

export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly endpoint_id: string;
  readonly matter_id: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
}

/** One firm with a receiver: registers addresses, lets events happen, and runs their deliveries when told. */
export class DeliveryScene {
  private constructor(
    readonly one: AppUnderTest,
    readonly receiver: FakeServer,
    readonly firmId: string,
    readonly apiKey: string,
  ) {}

  static async open(one: AppUnderTest): Promise<DeliveryScene> {
    const { firmId, apiKey } = await one.firm();
    return new DeliveryScene(one, await startFakeServer(), firmId, apiKey);
  }

  async close(): Promise<void> {
    await this.receiver.close();
  }

  /** @returns the registration's id */
  async register(path = '/hook', events: string[] = ['*'], url = this.receiver.url): Promise<string> {
    const wish = webhookCreateSchema.parse({ url: `${url}${path}`, events });
    return (await this.one.get(Endpoints).add(this.firmId, wish, 'key:key_1')).id;
  }

  async emit(matterId: string | null, count = 1): Promise<void> {
    for (let n = 0; n < count; n += 1)
      await this.one.inFirm(this.firmId, (scope) =>
        this.one.get(OutgoingEvents).emit(scope, {
          type: 'matter.updated',
          matterId,
          data: { smokeball_matter_id: null },
          dedupeKey: String(Math.random()),
        }),
      );
  }

  async rows(endpointId?: string): Promise<DeliveryRow[]> {
    return await this.one.database.query<DeliveryRow>(
      `select id, event_id, endpoint_id, matter_id, state, attempts, next_attempt_at from deliveries
        where firm_id = $1 and ($2::text is null or endpoint_id = $2) order by position, id`,
      [this.firmId, endpointId ?? null],
    );
  }

  async row(at: number): Promise<DeliveryRow> {
    const row = (await this.rows())[at];
    if (!row) throw new Error(`no delivery ${at}`);
    return row;
  }

  async run(at: number, where: AppUnderTest = this.one): Promise<void> {
    await where.get(Deliver).run(this.firmId, (await this.row(at)).id);
  }

  /** Runs it again and again, each time as soon as it and its address may, until it has been tried `times` in all. */
  async runUntilTried(at: number, times: number): Promise<void> {
    while ((await this.row(at)).attempts < times) {
      await this.untilDue(at);
      await this.run(at);
    }
  }

  /** Moves the clock to when the delivery may be tried next. */
  async untilDue(at: number): Promise<void> {
    const [due] = await this.one.database.query<{ at: Date }>(
      'select greatest(d.next_attempt_at, p.not_before) as at from deliveries d join webhook_endpoints p on p.id = d.endpoint_id where d.id = $1',
      [(await this.row(at)).id],
    );
    this.one.clock.advance(Math.max(0, (due?.at.getTime() ?? 0) - this.one.clock.nowMs()));
  }

  /** Ids of the events that arrived, in order, at `path`. */
  arrived(path = '/hook'): string[] {
    return this.receiver.seen.filter(({ url }) => url === path).map(({ headers }) => String(headers['webhook-id']));
  }

  /** Over HTTP, with the firm's key. */
  async call(method: 'GET' | 'POST', path: string, body?: object, apiKey = this.apiKey) {
    const answer = await this.one.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { 'x-api-key': apiKey },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? null : (JSON.parse(answer.body) as unknown) };
  }
}
