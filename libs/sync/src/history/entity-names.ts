import { Injectable } from '@nestjs/common';
import type { EntityType } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';

/** Display names by id; an id nobody knows is left out. */
export type Namer = (scope: FirmScope, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What a person calls the record behind an operation; told by the room that owns it, shown in the console only. */
@Injectable()
export class EntityNames {
  private readonly namers = new Map<string, Namer>();

  register(type: EntityType, namer: Namer): void {
    if (this.namers.has(type)) throw new Error(`two namers for ${type}`);
    this.namers.set(type, namer);
  }

  async names(scope: FirmScope, type: EntityType, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unique = [...new Set(ids)];
    return unique.length === 0 ? new Map() : ((await this.namers.get(type)?.(scope, unique)) ?? new Map());
  }
}
