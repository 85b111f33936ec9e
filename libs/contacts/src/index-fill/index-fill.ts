import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ConnectionListeners, Firms, SmokeballAccess, TokenEndpointAway } from '@matterline/auth';
import { Clock, Database, Dispatcher, isDatabaseAway, Log } from '@matterline/platform';
import { backoffMs, type Contact, dateFromTicks, type SmokeballClient } from '@matterline/smokeball-client';
import { type Sight, Snapshots } from '@matterline/webhooks';
import { countryOfRegion } from '../phones';
import { PhoneIndex } from '../phone-index';
import { seenContactFields } from '../smokeball/contact-fields';
import { type Fill, IndexFillRows } from './fill-rows';
import { type FillPlace, nextPlace } from './next-place';

const LOOK_MS = 5_000;
const PAGE = 500;
/** Firms read at the same time by one process; the rate gate's last lane decides how fast. */
const AT_ONCE = 3;
const ORDER = 'asc(LastUpdated)';

/** Where reading needs to know things from. */
@Injectable()
export class FillParts {
  constructor(
    readonly access: SmokeballAccess,
    readonly firms: Firms,
    readonly clock: Clock,
    readonly log: Log,
    readonly snapshots: Snapshots,
  ) {}
}

/**
 * Reads a connected firm's contacts into the phone index, in the last lane of the rate gate: all of them once, then daily what changed.
 * The place is stored with each page, so a killed process costs one page. Source: docs/contacts.md#phone-index.
 */
@Injectable()
export class IndexFill implements OnModuleInit, OnApplicationShutdown {
  private readonly reading = new Set<string>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly listeners: ConnectionListeners,
    private readonly database: Database,
    private readonly rows: IndexFillRows,
    private readonly index: PhoneIndex,
    private readonly parts: FillParts,
  ) {}

  onModuleInit(): void {
    this.listeners.register({ connected: (firmId) => this.rows.wake(firmId) });
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  /** Begins what is due. Harmless in every process: one of them gets each firm's reading. */
  @Interval(LOOK_MS)
  async look(): Promise<void> {
    if (!this.dispatcher.isWorking || this.stopped.signal.aborted || this.reading.size >= AT_ONCE) return;
    try {
      const due = await this.database.directory<{ firm_id: string }>('due_contact_fills($1, $2)', [
        this.parts.clock.now(),
        AT_ONCE - this.reading.size,
      ]);
      for (const { firm_id: firmId } of due) void this.begin(firmId);
    } catch (error) {
      if (!isDatabaseAway(error)) this.parts.log.error('index.fill.look_failed', { error });
    }
  }

  /** One firm's reading, to its end or to where Smokeball stops answering. */
  async begin(firmId: string): Promise<void> {
    if (this.reading.has(firmId)) return;
    this.reading.add(firmId);
    try {
      const fill = await this.rows.claim(firmId);
      if (fill) await this.read(firmId, fill);
    } catch (error) {
      const isExpected = isDatabaseAway(error) || error instanceof TokenEndpointAway;
      if (!isExpected) this.parts.log.error('index.fill.failed', { firm_id: firmId, error });
    } finally {
      this.reading.delete(firmId);
    }
  }

  private async read(firmId: string, fill: Fill): Promise<void> {
    const client = await this.parts.access.forConnection(firmId);
    if (!client) return await this.rows.putDown(firmId, fill, backoffMs(fill.tries + 1));
    let place: FillPlace | null = fill;
    while (place !== null && !this.stopped.signal.aborted) place = await this.page(firmId, client, fill, place);
    if (place !== null) await this.rows.putDown(firmId, fill, 0);
  }

  /** @returns where to go on; null when it is done, or not ours any more, or put down. */
  private async page(firmId: string, client: SmokeballClient, fill: Fill, place: FillPlace): Promise<FillPlace | null> {
    const updatedSince = place.since === 0n ? undefined : place.since;
    const answer = await client.contacts.list(
      { updatedSince, sort: ORDER, limit: PAGE, offset: place.skip, fields: ['tags'] },
      { lane: 'bulk', firmId, signal: this.stopped.signal },
    );
    if (!answer.ok) {
      await this.rows.putDown(firmId, fill, answer.failure.retryAfterMs ?? backoffMs(fill.tries + 1));
      return null;
    }
    const { items, size } = answer.data;
    const next = nextPlace(place, items);
    return await this.database.forFirm(firmId, async (scope) => {
      if (!(await this.rows.advance(scope, fill, next, items.length, size))) return null;
      const { region } = await this.parts.firms.read(scope);
      await this.index.putAll(scope, fill.accountId, items, countryOfRegion(region));
      await this.parts.snapshots.beginAll(scope, standingBefore(fill.startedAt, items));
      if (items.length === PAGE) return next;
      await this.rows.finish(scope, fill, next);
      return null;
    });
  }
}

/** Contacts of before: a later change of one of them is told against how it stands now. */
function standingBefore(moment: Date, contacts: readonly Contact[]): Sight[] {
  return contacts.flatMap((contact) => {
    const version = contact.lastUpdated;
    if (version === undefined || dateFromTicks(version) >= moment) return [];
    return [{ kind: 'contact', id: contact.id, version, fields: seenContactFields(contact) }];
  });
}
