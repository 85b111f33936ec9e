import { Injectable } from '@nestjs/common';
import { Clock, Database, sha256Hex, SingleFlight } from '@matterline/platform';
import type { CallContext, CallResult, MatterType, SmokeballClient } from '@matterline/smokeball-client';
import { normaliseName } from './names';

/** Smokeball's own people keep the catalogue; once a day is enough, and a `mattertype.updated` event forgets it earlier. */
const FRESH_MS = 24 * 3600 * 1000;
const PAGE = 500;
const PAGES_MAX = 60;

export interface CataloguePlace {
  readonly region: string;
  readonly environment: string;
  /** Short code, e.g. `IL`; or, where no place is known, a name whose types of all places are meant. */
  readonly location: string | { readonly name: string };
  /** The types of leads, or those of matters. */
  readonly isLead: boolean;
}

type Reading = CallResult<readonly MatterType[]>;

/**
 * The matter types of one location, in PostgreSQL: read once a day, shared by all firms of the region and all processes, and still
 * there after a restart. Source: docs/smokeball-api.md#matter-types.
 */
@Injectable()
export class MatterTypeCatalogue {
  private readonly readings = new SingleFlight<Reading>();
  /** Parsed once a process, as long as the row is the same. */
  private readonly parsed = new Map<string, { readonly fetchedAtMs: number; readonly types: readonly MatterType[] }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async types(smokeball: SmokeballClient, place: CataloguePlace, call: CallContext): Promise<Reading> {
    return await this.readings.join(keyOf(place), async () => {
      const kept = await this.kept(place);
      if (!kept) return await this.fetch(smokeball, place, call);
      return { ok: true, status: 200, data: kept, requestId: call.requestId ?? '' };
    });
  }

  /** A type has changed: what was read before that moment is read anew. Every firm of the region brings the same news. */
  async forget(region: string, environment: string, changedAt: Date): Promise<void> {
    await this.database.shared(
      'delete from matter_type_catalogues where region = $1 and environment = $2 and fetched_at <= $3',
      [region, environment, changedAt],
    );
  }

  private async kept(place: CataloguePlace): Promise<readonly MatterType[] | null> {
    const parsed = this.parsed.get(keyOf(place));
    const [row] = await this.database.shared<{ types: MatterType[] | null; fetched_at: Date }>(
      `select case when fetched_at = $4 then null else types end as types, fetched_at from matter_type_catalogues
        where region = $1 and environment = $2 and location = $3`,
      [place.region, place.environment, rowName(place), new Date(parsed?.fetchedAtMs ?? 0)],
    );
    if (!row || this.clock.nowMs() - row.fetched_at.getTime() >= FRESH_MS) return null;
    const types = row.types ?? parsed?.types ?? [];
    this.parsed.set(keyOf(place), { fetchedAtMs: row.fetched_at.getTime(), types });
    return types;
  }

  private async fetch(smokeball: SmokeballClient, place: CataloguePlace, call: CallContext): Promise<Reading> {
    // The moment before asking: what changes meanwhile makes it stale.
    const at = this.clock.now();
    const read = await this.pages(smokeball, place, call);
    if (!read.ok) return read;
    await this.database.shared(
      `insert into matter_type_catalogues (region, environment, location, types, fetched_at) values ($1, $2, $3, $4, $5)
       on conflict (region, environment, location) do update set types = excluded.types, fetched_at = excluded.fetched_at`,
      [place.region, place.environment, rowName(place), JSON.stringify(read.data), at],
    );
    return read;
  }

  private async pages(smokeball: SmokeballClient, place: CataloguePlace, call: CallContext): Promise<Reading> {
    const types: MatterType[] = [];
    let offset: number | null = 0;
    for (let page = 0; page < PAGES_MAX && offset !== null; page += 1) {
      const type = place.isLead ? (1 as const) : (0 as const);
      const filter = { ...where(place), type, offset, limit: PAGE };
      const answer = await smokeball.matterTypes.list(filter, call);
      if (!answer.ok) return answer;
      types.push(...answer.data.items);
      offset = answer.data.nextOffset;
    }
    return { ok: true, status: 200, data: types, requestId: call.requestId ?? '' };
  }
}

/** A name is a firm's word; the table is everybody's. */
function rowName({ location, isLead }: CataloguePlace): string {
  const where = typeof location === 'string' ? location : `name:${sha256Hex(normaliseName(location.name))}`;
  return `${where}/${isLead ? 'lead' : 'matter'}`;
}

const keyOf = (place: CataloguePlace) => [place.region, place.environment, rowName(place)].join();
const where = ({ location }: CataloguePlace) => (typeof location === 'string' ? { location } : { name: location.name });
