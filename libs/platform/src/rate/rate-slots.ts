import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config-token';
import { Database } from '../database/database';

/** What keeps two calls of one slot apart beyond the granted period: clocks differ and networks jitter. */
const MARGIN_MS = 20;

interface Claim {
  readonly slot: number | null;
  readonly wait_ms: number;
}

/**
 * One budget for all processes. A gate has as many slots as the burst; a slot once used is free again after
 * burst ÷ rate seconds. So no window of that length ever holds more calls than granted, under a token bucket and under
 * fixed windows alike. The state lives in PostgreSQL and is measured by its clock; a new gate begins with every slot just
 * used, since nobody knows what was sent before.
 */
@Injectable()
export class RateSlots {
  private readonly known = new Set<string>();
  private readonly periodMs: number;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {
    this.periodMs = (config.smokeballBurst / config.smokeballRate) * 1000 + MARGIN_MS;
  }

  /** Takes a slot if one is free. @returns 0 when taken, else the milliseconds until the next one may be free. */
  async tryTake(gate: string): Promise<number> {
    if (!this.known.has(gate)) await this.create(gate);
    const [claim] = await this.database.shared<Claim>(
      `with free as (
         select slot from rate_slots where gate = $1 and slot < $3 and free_at <= clock_timestamp()
         order by free_at limit 1 for update skip locked),
       taken as (
         update rate_slots r set free_at = clock_timestamp() + $2 * interval '1 millisecond'
         from free where r.gate = $1 and r.slot = free.slot returning r.slot)
       select (select slot from taken) as slot,
         coalesce((select extract(epoch from min(free_at) - clock_timestamp()) * 1000 from rate_slots where gate = $1 and slot < $3), 0)::float8 as wait_ms`,
      [gate, this.periodMs, this.config.smokeballBurst],
    );
    if (claim?.slot !== null && claim !== undefined) return 0;
    return Math.max(2, Math.ceil(claim?.wait_ms ?? 0));
  }

  /** Nobody sends for this long: Smokeball said so. */
  async pause(gate: string, ms: number): Promise<void> {
    await this.database.shared(
      `update rate_slots set free_at = greatest(free_at, clock_timestamp() + $2 * interval '1 millisecond') where gate = $1`,
      [gate, ms],
    );
  }

  private async create(gate: string): Promise<void> {
    await this.database.shared(
      `insert into rate_slots (gate, slot, free_at)
       select $1, slot, clock_timestamp() + $2 * interval '1 millisecond' from generate_series(0, $3::int - 1) slot
       on conflict do nothing`,
      [gate, this.periodMs, this.config.smokeballBurst],
    );
    this.known.add(gate);
  }
}
