import { Injectable } from '@nestjs/common';
import { matterPutSchema, type MatterPut, partySchema } from '@matterline/contracts';
import {
  type CaseHugAnswer,
  CaseHugApi,
  type CaseHugMatter,
  type CaseHugReader,
  EventNotYet,
} from '@matterline/webhooks';
import { ApiError, Database } from '@matterline/platform';
import { MatterStore } from '../matters/matter-store';
import { PutMatter } from '../matters/put-matter';

/** What became of asking CaseHug for a matter. */
export type Completion = 'taken' | 'no_api' | 'absent' | 'unusable';

/** CaseHug's events are thin: the matter and its client are read from its API and taken like a PUT (docs/casehug.md). */
@Injectable()
export class CompleteMatter {
  constructor(
    private readonly api: CaseHugApi,
    private readonly putMatter: PutMatter,
    private readonly store: MatterStore,
    private readonly database: Database,
  ) {}

  /** @throws EventNotYet when CaseHug is away. */
  async complete(firmId: string, matterId: string): Promise<Completion> {
    const reader = await this.api.forFirm(firmId);
    if (!reader) return 'no_api';
    const matter = usable(await reader.matter(matterId));
    if (typeof matter === 'string') return matter;
    const parsed = matterPutSchema.safeParse(await this.picture(firmId, reader, matter));
    if (!parsed.success) return 'unusable';
    try {
      await this.putMatter.put(firmId, matterId, parsed.data, { sync: false, actor: 'casehug' });
      return 'taken';
    } catch (error) {
      if (error instanceof ApiError && error.code === 'validation_error') return 'unusable';
      throw error;
    }
  }

  /** What the API does not say stays as it was; clients that a PUT has told of are better than the API's. */
  private async picture(firmId: string, reader: CaseHugReader, matter: CaseHugMatter): Promise<MatterPut> {
    const given = Object.fromEntries(Object.entries(matter).filter(([key]) => key in matterPutSchema.shape));
    const status = matter.status === 'archived' ? 'archived' : 'active';
    const known = await this.database.forFirm(firmId, (scope) => this.store.find(scope, matter.id));
    if ((known?.picture.clients.length ?? 0) > 0) return { ...given, status, clients: undefined };
    const clients = Array.isArray(given['clients']) ? given['clients'] : await this.clients(reader, matter);
    return { ...given, status, clients };
  }

  private async clients(reader: CaseHugReader, matter: CaseHugMatter): Promise<unknown[]> {
    if (!matter.client_id) return [];
    const client = usable(await reader.client(matter.client_id));
    if (typeof client === 'string') return [];
    const { id, first_name, last_name, email, phone, address } = client;
    const party = partySchema.safeParse({ id, first_name, last_name, email, phone, address });
    return party.success ? [party.data] : [];
  }
}

function usable<T>(answer: CaseHugAnswer<T>): T | 'absent' | 'unusable' {
  if (answer.ok) return answer.data;
  if (answer.why === 'away') throw new EventNotYet('CaseHug could not be asked');
  return answer.why === 'absent' ? 'absent' : 'unusable';
}
