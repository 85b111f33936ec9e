import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import type { Switches } from '../control/switches';
import type { Firm } from '../model/firm';
import type { SubscriptionRecord } from '../model/records';
import { SYSTEM_ACCOUNT } from '../model/tenant';
import type { World } from '../world';
import { jsonText } from '../http/json-text';
import type { Table } from '../store/table';
import type { Delivery, DeliveryAttempt } from './delivery';
import type { RaisedEvent } from './event';
import { webhookSignature } from './signature';

export type ForcedOutcome = 'fail' | 'duplicate' | 'reorder' | 'drop';

interface DeliveryJob {
  readonly delivery: Delivery;
  readonly key: string | null;
  readonly clientId: string;
  readonly attempt: number;
  readonly forcedFailure: boolean;
  readonly keep: Readonly<Record<string, string>> | null;
}

type DeliveryTroubles = Pick<Switches, 'drop_p' | 'reorder_p' | 'duplicate_p' | 'webhook_retry_ms'>;

const A_MOMENT_MS = 50;
const REORDER_BY_MS = 1500;
const KEEP_DELIVERIES = 5000;
const NO_TROUBLES: DeliveryTroubles = { drop_p: 0, reorder_p: 0, duplicate_p: 0, webhook_retry_ms: [] };

/** Fans events out to subscriptions and delivers them: signed, late, twice, out of order or not at all, as switched. */
export class Dispatcher {
  private readonly deliveries = new Map<string, Delivery>();
  private seq = 0;
  private readonly flying: Table<DeliveryJob>;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly latest = new Map<string, Promise<void>>();
  private readonly lastDueMs = new Map<string, number>();
  private readonly forced: ForcedOutcome[] = [];

  constructor(private readonly world: World) {
    this.flying = world.database.table<DeliveryJob>('flying-deliveries');
    world.scheduler.handle('deliver', (data) => this.start(data as DeliveryJob));
    // What was on the wire when the process died is sent again.
    for (const [id, job] of [...this.flying.entries()]) {
      this.flying.delete(id);
      world.scheduler.add(job.delivery.tenant, 'deliver', 0, job);
    }
  }

  /** An event of one firm goes to that firm's subscriptions of its type, an error too. */
  raise(firm: Firm, event: RaisedEvent): void {
    const tenant = this.world.tenant(firm.tenant);
    for (const subscription of tenant.subscriptions.values()) {
      if (subscription.accountId !== firm.accountId || !this.wants(subscription, event.type)) continue;
      this.enqueue(firm.tenant, firm.accountId, subscription, event);
    }
  }

  /** A system event goes to every subscription of the tenant that has the type, whoever's account it names. */
  raiseSystem(tenantName: string, event: RaisedEvent, accountId: string = SYSTEM_ACCOUNT): void {
    const reachesAll = !this.world.isOff('systemEvents');
    for (const subscription of this.world.tenant(tenantName).subscriptions.values()) {
      const isMeant = reachesAll || subscription.accountId === accountId;
      if (isMeant && subscription.eventTypes.includes(event.type)) {
        this.enqueue(tenantName, accountId, subscription, event);
      }
    }
  }

  private wants(subscription: SubscriptionRecord, type: string): boolean {
    return subscription.eventTypes.includes(type) || (type === 'error' && this.world.isOff('errorSubscribers'));
  }

  enqueue(tenant: string, accountId: string, subscription: SubscriptionRecord, event: RaisedEvent): void {
    const { random } = this.world;
    const switches = this.world.switches();
    const trouble = this.troubles();
    const forced = trouble === NO_TROUBLES ? undefined : this.forced.shift();
    const withUser = event.origin.userId !== null && !random.chance(switches.user_id_absent_p);
    const body = jsonText(
      {
        accountId,
        ...(withUser ? { userId: event.origin.userId } : {}),
        subscriptionId: subscription.id,
        type: event.type,
        source: event.origin.source,
        payload: event.payload,
        timestamp: this.world.clock.ticks(),
      },
      { keepNulls: true, roundTicks: this.world.isOff('wholeTicks') },
    );
    this.seq += 1;
    const delivery: Delivery = {
      seq: this.seq,
      id: random.uuid(),
      tenant,
      account_id: accountId,
      subscription_id: subscription.id,
      type: event.type,
      request_id: event.origin.requestId,
      url: subscription.eventNotificationUrl,
      body,
      state: 'waiting',
      attempts: [],
    };
    if (forced === 'drop' || random.chance(trouble.drop_p)) return this.remember({ ...delivery, state: 'dropped' });
    const job: DeliveryJob = {
      delivery,
      key: subscription.key,
      clientId: subscription.clientId,
      attempt: 0,
      forcedFailure: forced === 'fail',
      keep: null,
    };
    const isLate = forced === 'reorder' || random.chance(trouble.reorder_p);
    this.schedule(job, isLate);
    if (forced === 'duplicate' || random.chance(trouble.duplicate_p)) this.schedule(job, true);
    this.remember(delivery);
  }

  force(outcome: ForcedOutcome, count: number): void {
    for (let i = 0; i < count; i += 1) this.forced.push(outcome);
  }

  since(seq: number): Delivery[] {
    return [...this.deliveries.values()].filter((delivery) => delivery.seq > seq);
  }

  /** Waits for the answers to what is on the wire. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  reset(): void {
    this.deliveries.clear();
    this.forced.length = 0;
    this.lastDueMs.clear();
    this.flying.clear();
  }

  private schedule(job: DeliveryJob, isLate: boolean): void {
    const waitMs = this.world.random.within(this.world.switches().webhook_delay_ms);
    const { tenant, subscription_id } = job.delivery;
    const dueMs = this.world.clock.now() + waitMs;
    if (isLate) {
      this.world.scheduler.addAt(tenant, 'deliver', dueMs + REORDER_BY_MS, job);
      return;
    }
    const inOrderMs = Math.max(dueMs, this.lastDueMs.get(subscription_id) ?? 0);
    this.lastDueMs.set(subscription_id, inOrderMs);
    this.world.scheduler.addAt(tenant, 'deliver', inOrderMs, job);
  }

  private start(job: DeliveryJob): void {
    const flight = `${job.delivery.id}/${this.world.random.hex(8)}`;
    this.flying.put(flight, job);
    const subscription = job.delivery.subscription_id;
    const attempt = this.turnOf(subscription)
      .then(() => this.attempt(job))
      .finally(() => {
        this.flying.delete(flight);
        this.inFlight.delete(attempt);
        if (this.latest.get(subscription) === attempt) this.latest.delete(subscription);
        // Or a process that dies now would send it again.
        if (this.world.isOpen()) this.world.database.flush();
      });
    this.latest.set(subscription, attempt);
    this.inFlight.add(attempt);
  }

  /** Deliveries of one subscription begin in their order: the one before has been answered, or has had a moment. */
  private async turnOf(subscription: string): Promise<void> {
    const before = this.latest.get(subscription);
    if (before === undefined) return;
    const patience = new AbortController();
    const moment = wait(A_MOMENT_MS, undefined, { signal: patience.signal, ref: false });
    await Promise.race([before, moment]).catch(() => undefined);
    moment.catch(() => undefined);
    patience.abort();
  }

  private async attempt(job: DeliveryJob): Promise<void> {
    const headers = job.keep ?? this.headers(job);
    const attempt = await this.send(job, headers);
    const isDelivered = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    const switches = this.world.switches();
    const retryInMs = isDelivered ? undefined : this.troubles().webhook_retry_ms[job.attempt];
    const before = this.deliveries.get(job.delivery.id) ?? job.delivery;
    const state = isDelivered ? 'delivered' : retryInMs === undefined ? 'failed' : 'waiting';
    this.remember({ ...before, state, attempts: [...before.attempts, attempt] });
    if (retryInMs === undefined || !this.world.isOpen()) return;
    const keep = switches.webhook_retry_keeps_signature ? headers : null;
    const delivery = this.world.isOff('retryKeepsBody') ? this.restamped(job.delivery) : job.delivery;
    const next: DeliveryJob = { ...job, delivery, attempt: job.attempt + 1, forcedFailure: false, keep };
    this.world.scheduler.add(job.delivery.tenant, 'deliver', retryInMs, next);
    this.world.database.flush();
  }

  private troubles(): DeliveryTroubles {
    return this.world.isOff('deliveryTroubles') ? NO_TROUBLES : this.world.switches();
  }

  private restamped(delivery: Delivery): Delivery {
    const stamp = `"timestamp":${this.world.clock.ticks()}`;
    return { ...delivery, body: delivery.body.replace(/"timestamp":\d+/, stamp) };
  }

  private headers(job: DeliveryJob): Record<string, string> {
    const timestamp = this.world.clock.ticks().toString();
    const headers: Record<string, string> = {
      'Content-Type': 'application/json; charset=utf-8',
      RequestId: job.delivery.request_id,
      Timestamp: timestamp,
    };
    if (job.key === null || this.world.isOff('signature')) return headers;
    return { ...headers, Signature: webhookSignature(job.key, timestamp, job.delivery.request_id, job.clientId) };
  }

  private async send(job: DeliveryJob, headers: Readonly<Record<string, string>>): Promise<DeliveryAttempt> {
    const startedMs = Date.now();
    const at = this.world.clock.iso();
    const done = (status: number | null, error: string | null): DeliveryAttempt => {
      return { at, headers, status, error, duration_ms: Date.now() - startedMs };
    };
    if (job.forcedFailure) return done(null, 'made to fail');
    try {
      const signal = AbortSignal.timeout(this.world.switches().webhook_timeout_ms);
      const options = { method: 'POST' as const, headers, body: job.delivery.body, signal };
      const answer = await request(job.delivery.url, options);
      await answer.body.dump();
      return done(answer.statusCode, null);
    } catch (error) {
      return done(null, error instanceof Error ? error.message : String(error));
    }
  }

  private remember(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
    if (this.deliveries.size > KEEP_DELIVERIES) {
      const oldest = this.deliveries.keys().next().value;
      if (oldest !== undefined) this.deliveries.delete(oldest);
    }
    this.world.noteChange({ kind: 'delivery', tenant: delivery.tenant, id: delivery.id });
  }
}
