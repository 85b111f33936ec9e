import type { CasehugSender } from './casehug-sender';
import type { DeskMatter } from './desk-matter';

const STALE_AFTER_MS = 3_000;
const SETTLED_STALE_AFTER_MS = 15_000;
const REFRESHED_AT_ONCE = 10;

/** What Matterline says of one matter: its link to Smokeball and the state of each document. */
export interface LiveView {
  /** `link` of the contract's `Matter`; null while Matterline does not have the matter. */
  readonly link: Readonly<Record<string, unknown>> | null;
  /** The contract's `Document` rows by upload id. */
  readonly documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Why nothing can be shown, in plain words; empty when it can. */
  readonly problem: string;
  readonly read_at: string;
}

/** Asks Matterline how far each matter is. Answers are kept for a few seconds: a page that looks every second must not flood it. */
export class LiveViews {
  private readonly known = new Map<string, { readonly view: LiveView; readonly atMs: number }>();
  private readonly running = new Map<string, Promise<LiveView>>();

  constructor(private readonly sender: CasehugSender) {}

  /** The newest known view, without asking. */
  last(matterId: string): LiveView | undefined {
    return this.known.get(matterId)?.view;
  }

  /** Something was sent: the known view is shown until the next answer, but asked for anew at once. */
  outdate(matterId: string): void {
    const known = this.known.get(matterId);
    if (known !== undefined) this.known.set(matterId, { ...known, atMs: 0 });
  }

  /** Asks now; calls for the same matter at the same time share one question. */
  read(matter: DeskMatter): Promise<LiveView> {
    const running = this.running.get(matter.id);
    if (running !== undefined) return running;
    const asked = this.ask(matter).finally(() => this.running.delete(matter.id));
    this.running.set(matter.id, asked);
    return asked;
  }

  /** Asks for those of the given matters that were not asked about lately, without waiting for the answers. */
  refresh(matters: readonly DeskMatter[]): void {
    const stale = matters.filter((matter) => this.isStale(matter.id)).slice(0, REFRESHED_AT_ONCE);
    for (const matter of stale) void this.read(matter);
  }

  private isStale(matterId: string): boolean {
    const known = this.known.get(matterId);
    if (known === undefined) return true;
    const settled = known.view.link?.['state'] === 'confirmed';
    return Date.now() - known.atMs > (settled ? SETTLED_STALE_AFTER_MS : STALE_AFTER_MS);
  }

  private async ask(matter: DeskMatter): Promise<LiveView> {
    const path = `/api/v1/matters/${encodeURIComponent(matter.id)}`;
    const [picture, documents] = await Promise.all([
      this.sender.read(path),
      this.sender.read(`${path}/documents?per_page=100`),
    ]);
    const failed = [picture, documents].find((answer) => !answer.ok && answer.status !== 404);
    const view: LiveView = {
      link: record(record(record(picture.body)?.['data'])?.['link']) ?? null,
      documents: byUpload(record(documents.body)?.['data']),
      problem: failed?.problem ?? '',
      read_at: picture.at,
    };
    this.known.set(matter.id, { view, atMs: Date.now() });
    return view;
  }
}

function byUpload(rows: unknown): LiveView['documents'] {
  const found: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const row of Array.isArray(rows) ? rows : []) {
    const document = record(row);
    if (typeof document?.['upload_id'] === 'string') found[document['upload_id']] = document;
  }
  return found;
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
