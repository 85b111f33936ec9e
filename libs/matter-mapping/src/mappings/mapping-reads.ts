import { Injectable } from '@nestjs/common';
import { type Firm, Firms, PersonReads, readConnection } from '@matterline/auth';
import { Database, type FirmScope } from '@matterline/platform';
import type { MatterType } from '@matterline/smokeball-client';
import { MatterStore } from '../matters/matter-store';
import { CaseTypesSeen, type SeenCaseType } from '../types/case-types-seen';
import { MatterTypeCatalogue } from '../types/catalogue';
import { type OwnMapping, OwnMappings, type TypeQuestion } from '../types/own-mappings';

/** The codes of operations that wait for a decision about their matter's type. */
export const TYPE_CODES = ['needs_mapping', 'type_deleted', 'role_not_offered'] as const;

/** What a firm's mapping page starts from. */
export interface MappingFacts {
  readonly firm: Firm;
  readonly isConnected: boolean;
  readonly own: readonly OwnMapping[];
  readonly seen: readonly SeenCaseType[];
  /** One entry for each matter that waits for its type. */
  readonly waiting: readonly TypeQuestion[];
}

/** Reads what mappings are made of, here and in Smokeball's catalogue. */
@Injectable()
export class MappingReads {
  constructor(
    readonly firms: Firms,
    readonly mappings: OwnMappings,
    private readonly database: Database,
    private readonly smokeball: PersonReads,
    private readonly seen: CaseTypesSeen,
    private readonly store: MatterStore,
    private readonly catalogue: MatterTypeCatalogue,
  ) {}

  async facts(firmId: string): Promise<MappingFacts> {
    return await this.database.forFirm(firmId, async (scope) => {
      const waiting = await this.waiting(scope);
      return {
        firm: await this.firms.read(scope),
        isConnected: (await readConnection(scope))?.state === 'connected',
        own: await this.mappings.all(scope),
        seen: await this.seen.all(scope),
        waiting: [...waiting.values()],
      };
    });
  }

  /** The matters whose operations are held for want of a type. */
  async waiting(scope: FirmScope): Promise<Map<string, TypeQuestion>> {
    const rows = await scope.query<{ matter_id: string }>(
      `select distinct matter_id from operations where firm_id = $1 and state = 'held' and error_code = any ($2) and matter_id is not null`,
      [scope.firmId, TYPE_CODES],
    );
    const found = new Map<string, TypeQuestion>();
    for (const { matter_id: matterId } of rows) {
      const matter = await this.store.find(scope, matterId);
      if (!matter) continue;
      const { case_type: caseType, practice_area: practiceArea, state } = matter.picture;
      found.set(matterId, { caseType, practiceArea, state });
    }
    return found;
  }

  /** The types that can be chosen in a place. @throws ApiError 409 while the firm is not connected, 503 while Smokeball is away. */
  async types(firm: Firm, location: string, isLead: boolean): Promise<readonly MatterType[]> {
    const { region, environment } = firm;
    const types = await this.smokeball.read({ firmId: firm.id, what: 'its matter types' }, (smokeball, call) =>
      this.catalogue.types(smokeball, { region, environment, location, isLead }, call),
    );
    return types.filter((type) => !type.isDeleted && type.name);
  }
}
