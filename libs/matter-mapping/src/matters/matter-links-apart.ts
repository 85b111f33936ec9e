import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners, type LinkTable, swapLinks } from '@matterline/auth';
import { Clock } from '@matterline/platform';

const MATTERS: LinkTable = {
  kind: 'matter',
  table: 'matter_links',
  key: 'matter_id',
  isLinked: 'l.smokeball_matter_id is not null',
  isTouched: `l.account_id is not null or l.smokeball_matter_id is not null or l.state in ('pending', 'accepted', 'confirmed', 'failed', 'broken', 'needs_review')`,
  columns: {
    state: `'not_synced'`,
    account_id: 'null',
    smokeball_matter_id: 'null',
    smokeball_number_enc: 'null',
    smokeball_status: 'null',
    smokeball_version: 'null',
    matter_type_id: 'null',
    matter_type_name: 'null',
    client_role: 'null',
    sent_hash: 'null',
    sent_enc: 'null',
    tags_enc: 'null',
    lacks_attorney: 'false',
    error_code: 'null',
    error_detail_enc: 'null',
  },
  // The work that these waited for is not done in the other account; a look at the record says more once the firm is back.
  kept: { state: `case when l.state in ('pending', 'accepted', 'failed') then 'confirmed' else l.state end` },
};

/** A matter's link to an account that the firm leaves is put aside, and comes back when the firm does. */
@Injectable()
export class MatterLinksApart implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      switching: (scope, accounts) => swapLinks(scope, this.clock.now(), accounts, MATTERS),
    });
  }
}
