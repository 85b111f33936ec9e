import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config-token';
import { Database } from '../database/database';

/** What keeps two calls of one slot apart beyond the granted period: networks jitter. What this process sees is counted exactly (`lateMs`). */
const MARGIN_MS = 12;
/** Longer than any call: after this the slot of a process that died is used again. */
const HOLD_MS = 30_000;

/** Who asks for a slot. */
export interface RateAsker {
  /** 0 is the most urgent. */
  readonly lane: number;
  readonly firmId: string;
  readonly waitedMs: number;
  /** Whether others of this process still wait behind it. */
  readonly hasMore: boolean;
}

/** A slot, to be given back exactly once. */
export interface RateTicket {
  readonly slot: number;
  readonly number: string;
}

/** `unsent`: nothing left this process. `broken`: no answer, or one that says the server is in trouble. `limited`: too many calls. */
export type RateOutcome = 'answered' | 'limited' | 'broken' | 'unsent';

export interface RateReturn {
  readonly outcome: RateOutcome;
  /** How much later than the slot was given the call may have arrived. */
  readonly lateMs?: number;
  /** After `limited`: how long nobody sends. */
  readonly pauseMs?: number;
}

export type RateAnswer =
  | { readonly kind: 'taken'; readonly ticket: RateTicket }
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** Too many calls in a row broke; asked again in so many milliseconds. */
  | { readonly kind: 'away'; readonly awayMs: number };

interface TakeRow {
  readonly slot: number | null;
  readonly ticket: string | null;
  readonly wait_ms: number | null;
  readonly away_ms: number | null;
}

/**
 * One budget for all processes. A gate has as many slots as the burst; a slot once used is free again after
 * burst ÷ rate seconds, and never while its call is under way. So no window of that length ever holds more calls than granted,
 * under a token bucket and under fixed windows alike. The state lives in PostgreSQL and is measured by its clock; lanes,
 * firms' turns and the breaker hold for all processes together. Source: docs/adr/0006-rate-gate-as-slots.md
 */
@Injectable()
export class RateSlots {
  private readonly asker = randomUUID();
  private readonly periodMs: number;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {
    this.periodMs = (config.smokeballBurst / config.smokeballRate) * 1000 + MARGIN_MS;
  }

  async take(gate: string, { lane, firmId, waitedMs, hasMore }: RateAsker): Promise<RateAnswer> {
    const [row] = await this.database.shared<TakeRow>(
      'select slot, ticket::text, wait_ms, away_ms from rate_take($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [gate, this.asker, lane, firmId, waitedMs, hasMore, this.config.smokeballBurst, this.periodMs, HOLD_MS],
    );
    if (row?.slot != null) return { kind: 'taken', ticket: { slot: row.slot, number: row.ticket ?? '' } };
    if (row?.away_ms != null) return { kind: 'away', awayMs: Math.ceil(row.away_ms) };
    return { kind: 'wait', waitMs: Math.ceil(row?.wait_ms ?? 1) };
  }

  async release(gate: string, { slot, number }: RateTicket, how: RateReturn): Promise<void> {
    await this.database.shared('select rate_release($1, $2, $3, $4, $5, $6)', [
      gate,
      slot,
      number,
      how.outcome,
      how.lateMs ?? 0,
      how.pauseMs ?? 0,
    ]);
  }

  /** Nobody of this process waits there any more. */
  async leave(gate: string): Promise<void> {
    await this.database.shared('delete from rate_waits where gate = $1 and asker = $2', [gate, this.asker]);
  }
}
