import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, Database, isDatabaseAway, Log } from '@matterline/platform';

const EVERY_MS = 15 * 60_000;
/** Longer than any upload may take. */
const STRAY_AFTER_MS = 3600_000;

/** Pieces of an upload that a dead process left unfinished belong to no document and are erased. */
@Injectable()
export class ForgetStrayBytes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    try {
      for (const { firm_id: firmId } of await this.database.directory<{ firm_id: string }>('all_firms()')) {
        const count = await this.database.forFirm(firmId, (scope) =>
          scope.change(
            `delete from document_chunks c where c.firm_id = $1 and c.created_at < $2
               and not exists (select from documents d where d.firm_id = c.firm_id and d.store_id = c.store_id)`,
            [firmId, new Date(this.clock.nowMs() - STRAY_AFTER_MS)],
          ),
        );
        if (count > 0) this.log.info('documents.stray_bytes_erased', { firm_id: firmId, count });
      }
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('documents.stray_bytes.failed', { error });
    }
  }
}
