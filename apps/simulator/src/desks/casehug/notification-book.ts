import type { DeskStore } from '../desk-store';

const RECORD = 'casehug-notifications';
const NOTIFICATIONS_KEPT = 500;

/** One delivery from Matterline, good or bad, as it came in. */
export interface Notification {
  readonly seq: number;
  readonly received_at: string;
  readonly webhook_id: string;
  readonly id: string;
  readonly type: string;
  readonly matter_id: string | null;
  readonly created_at: string;
  readonly signature_ok: boolean;
  readonly signature_problem: string;
  /** True when the same event came before: Matterline may deliver twice, and says so by the same id. */
  readonly repeat: boolean;
  readonly body: unknown;
}

/** What Matterline told CaseHug, newest first; the oldest fall out after 500. */
export class NotificationBook {
  private entries: Notification[];

  constructor(private readonly store: DeskStore) {
    this.entries = (store.read(RECORD) ?? []) as Notification[];
  }

  list(): readonly Notification[] {
    return this.entries;
  }

  add(delivery: Omit<Notification, 'seq' | 'repeat'>): Notification {
    const repeat =
      delivery.signature_ok && this.entries.some((known) => known.signature_ok && known.id === delivery.id);
    const entry = { ...delivery, seq: (this.entries[0]?.seq ?? 0) + 1, repeat };
    this.entries = [entry, ...this.entries].slice(0, NOTIFICATIONS_KEPT);
    this.store.write(RECORD, this.entries);
    return entry;
  }

  clear(): void {
    this.entries = [];
    this.store.write(RECORD, this.entries);
  }
}
