import { Injectable } from '@nestjs/common';
import { Clock, Database } from '@matterline/platform';
import type { CallContext, CallResult, MatterType, SmokeballClient } from '@matterline/smokeball-client';

/** Smokeball's own people keep the catalogue; once a day is enough, and a `mattertype.updated` event forgets it earlier. */
const FRESH_MS = 24 * 3600 * 1000;
const PAGE = 500;
const PAGES_MAX = 60;

export interface CataloguePlace {
  readonly region: string;
  readonly environment: string;
  /** Short code, or null for the types of every location. */
  readonly location: string | null;
  readonly isLead: boolean;
}

/** The matter types of one location, kept for a day and shared by all firms of the region. */
@Injectable()
export class MatterTypeCatalogue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async types(
    smokeball: SmokeballClient,
    place: CataloguePlace,
    call: CallContext,
  ): Promise<CallResult<readonly MatterType[]>> {
    const location = `${place.location ?? ''}/${place.isLead ? 'lead' : 'matter'}`;
    const [kept] = await this.database.shared<{ types: MatterType[]; fetched_at: Date }>(
      'select types, fetched_at from matter_type_catalogues where region = $1 and environment = $2 and location = $3',
      [place.region, place.environment, location],
    );
    if (kept && this.clock.nowMs() - kept.fetched_at.getTime() < FRESH_MS)
      return { ok: true, status: 200, data: kept.types, requestId: call.requestId ?? '' };
    const read = await this.read(smokeball, place, call);
    if (!read.ok) return read;
    await this.database.shared(
      `insert into matter_type_catalogues (region, environment, location, types, fetched_at) values ($1, $2, $3, $4, $5)
       on conflict (region, environment, location) do update set types = excluded.types, fetched_at = excluded.fetched_at`,
      [place.region, place.environment, location, JSON.stringify(read.data), this.clock.now()],
    );
    return read;
  }

  async forget(region: string, environment: string): Promise<void> {
    await this.database.shared('delete from matter_type_catalogues where region = $1 and environment = $2', [
      region,
      environment,
    ]);
  }

  private async read(
    smokeball: SmokeballClient,
    place: CataloguePlace,
    call: CallContext,
  ): Promise<CallResult<readonly MatterType[]>> {
    const types: MatterType[] = [];
    let offset: number | null = 0;
    for (let page = 0; page < PAGES_MAX && offset !== null; page += 1) {
      const filter = {
        location: place.location ?? undefined,
        type: place.isLead ? (1 as const) : (0 as const),
        offset,
        limit: PAGE,
      };
      const answer = await smokeball.matterTypes.list(filter, call);
      if (!answer.ok) return answer;
      types.push(...answer.data.items);
      offset = answer.data.nextOffset;
    }
    return { ok: true, status: 200, data: types, requestId: call.requestId ?? '' };
  }
}
