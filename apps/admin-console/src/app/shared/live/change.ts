import { ChangeKind } from '@matterline/contracts';

/** Something changed on the server; it names the record and never carries its content. `everything` follows a gap in the stream. */
export interface Change {
  readonly kind: ChangeKind | 'everything';
  readonly id: string | null;
}
