import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { MatterFacts } from './trouble';

export type FactReader = (scope: FirmScope, matterId: string) => Promise<MatterFacts | null>;

/** What tells causes apart is known in the room of matters, which stands above this one and registers itself here. */
@Injectable()
export class CauseFacts {
  private reader: FactReader | null = null;

  /** @throws when there is a reader already. */
  register(reader: FactReader): void {
    if (this.reader) throw new Error('two readers of a matter’s facts');
    this.reader = reader;
  }

  async of(scope: FirmScope, matterId: string | null): Promise<MatterFacts | null> {
    return matterId === null ? null : ((await this.reader?.(scope, matterId)) ?? null);
  }
}
