import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners, type LinkTable, swapLinks } from '@matterline/auth';
import { Clock } from '@matterline/platform';

const DOCUMENTS: LinkTable = {
  kind: 'document',
  table: 'documents',
  key: 'upload_id',
  isLinked: `l.state = 'confirmed' and l.smokeball_file_id is not null`,
  isTouched: `l.state <> 'received' or l.smokeball_file_id is not null`,
  columns: {
    state: `'received'`,
    smokeball_file_id: 'null',
    smokeball_version_id: 'null',
    error_code: 'null',
  },
};

/** Which file a document became in an account that the firm leaves is put aside, and known again when the firm is back. */
@Injectable()
export class DocumentLinksApart implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      switching: (scope, accounts) => swapLinks(scope, this.clock.now(), accounts, DOCUMENTS),
    });
  }
}
