import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AccountSwitch, ConnectionListeners, type LinkTable, swapLinks } from '@matterline/auth';
import { Clock, type FirmScope } from '@matterline/platform';

const CONTACTS: LinkTable = {
  kind: 'contact',
  table: 'contact_links',
  key: 'client_id',
  isLinked: 'l.smokeball_contact_id is not null',
  isTouched: `l.state <> 'not_synced' or l.account_id is not null`,
  columns: {
    state: `'not_synced'`,
    account_id: 'null',
    smokeball_contact_id: 'null',
    how: 'null',
    sent_hash: 'null',
    error_code: 'null',
    sent_enc: 'null',
    sending_enc: 'null',
    sending_hash: 'null',
    tags_enc: 'null',
    tags_hash: 'null',
  },
  kept: {
    state: `case when l.state in ('pending', 'accepted', 'failed', 'needs_review') then 'confirmed' else l.state end`,
    sending_enc: 'null',
    sending_hash: 'null',
  },
};

/** A client's link to an account that the firm leaves is put aside; so are the questions about that account's contacts. */
@Injectable()
export class ContactLinksApart implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.listeners.register({ switching: (scope, accounts) => this.swap(scope, accounts) });
  }

  private async swap(scope: FirmScope, accounts: AccountSwitch): Promise<void> {
    await swapLinks(scope, this.clock.now(), accounts, CONTACTS);
    await scope.change(`update contact_reviews set state = 'closed' where firm_id = $1 and state <> 'closed'`, [
      scope.firmId,
    ]);
  }
}
