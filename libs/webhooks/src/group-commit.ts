import { ApiError } from '@matterline/platform';

interface GroupCommitOptions<Item, Answer> {
  /** All of them are durable when it resolves, but for those whose answer is an error; one answer each, in their order. */
  readonly write: (items: readonly Item[]) => Promise<readonly (Answer | Error)[]>;
  readonly sizeOf: (item: Item) => number;
  /** Writes under way at once. */
  readonly atOnce: number;
  /** Of one write. */
  readonly most: { readonly items: number; readonly bytes: number };
  /** Of those that wait for a write; one more is refused. */
  readonly waitingMost: { readonly items: number; readonly bytes: number };
  /** Nobody waits longer than this for an answer. */
  readonly lateMs: number;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly sinceMs: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const RETRY_AFTER_S = 2;
const LOOK_MS = 1_000;

/**
 * Those who come while a write is under way share the next one; whoever comes to an idle one is written at once.
 * Each is answered only when its own item is durable, and is refused with 503 when too many wait or the database does not answer.
 */
export class GroupCommit<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private waitingBytes = 0;
  private readonly groups = new Set<readonly Waiting<Item, Answer>[]>();
  private isBegun = false;
  private look: NodeJS.Timeout | undefined;

  constructor(private readonly options: GroupCommitOptions<Item, Answer>) {}

  /** @throws ApiError `unavailable` when too many wait, or the write takes too long. */
  add(item: Item): Promise<Answer> {
    const { sizeOf, waitingMost } = this.options;
    if (this.waiting.length >= waitingMost.items || this.waitingBytes >= waitingMost.bytes) {
      return Promise.reject(unavailable('Too many deliveries wait to be stored.'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, sinceMs: performance.now(), resolve, reject });
      this.waitingBytes += sizeOf(item);
      this.begin();
    });
  }

  /** After this turn of the loop, so that all that came in it go together. */
  private begin(): void {
    if (this.isBegun || this.groups.size >= this.options.atOnce || this.waiting.length === 0) return;
    this.isBegun = true;
    setImmediate(() => {
      this.isBegun = false;
      void this.run(this.next());
      this.begin();
    });
  }

  private next(): readonly Waiting<Item, Answer>[] {
    const { most, sizeOf } = this.options;
    let [count, bytes] = [0, 0];
    for (const { item } of this.waiting) {
      const more = sizeOf(item);
      if (count > 0 && (count >= most.items || bytes + more > most.bytes)) break;
      count += 1;
      bytes += more;
    }
    this.waitingBytes -= bytes;
    return this.waiting.splice(0, count);
  }

  private async run(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    if (group.length === 0) return;
    this.groups.add(group);
    this.watch();
    try {
      await this.write(group);
    } finally {
      this.groups.delete(group);
      this.begin();
    }
  }

  private async write(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.options.write(group.map(({ item }) => item));
      group.forEach((one, at) => settle(one, answers[at] ?? new Error('a write forgot one of its items')));
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
  }

  private watch(): void {
    this.look ??= setTimeout(() => {
      this.look = undefined;
      this.giveUp();
      if (this.groups.size > 0) this.watch();
    }, LOOK_MS).unref();
  }

  /** The senders come again; a row that is stored after all makes theirs a repeat. */
  private giveUp(): void {
    const untilMs = performance.now() - this.options.lateMs;
    const late = this.waiting.filter(({ sinceMs }) => sinceMs < untilMs);
    this.waiting = this.waiting.slice(late.length);
    for (const { item } of late) this.waitingBytes -= this.options.sizeOf(item);
    const under = [...this.groups].flat().filter(({ sinceMs }) => sinceMs < untilMs);
    for (const { reject } of [...late, ...under]) reject(unavailable('The database does not answer.'));
  }
}

function settle<Item, Answer>({ resolve, reject }: Waiting<Item, Answer>, answer: Answer | Error): void {
  if (answer instanceof Error) reject(answer);
  else resolve(answer);
}

const unavailable = (why: string) => new ApiError('unavailable', `${why} Try again shortly.`, {}, RETRY_AFTER_S);
