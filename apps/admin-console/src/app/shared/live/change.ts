export const CHANGE_KINDS = ['operation', 'matter', 'document', 'connection', 'event', 'pairing'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Something changed on the server; it names the record and never carries its content. `everything` follows a gap in the stream. */
export interface Change {
  readonly kind: ChangeKind | 'everything';
  readonly id: string | null;
}
