import { randomBytes } from 'node:crypto';
import type { HttpMethod } from '@matterline/smokeball-client';
import { idOf, membersOf, textOf } from '../smokeball/members';
import type { Answer, CallOptions, SmokeballDoor } from '../smokeball/smokeball-door';
import type { Made, MadeKind } from './made';
import { markerOf } from './marker';

const RUN_ID_BYTES = 3;

/** The only way in which the probe writes: everything made is written down here before anything else happens. */
export class ThrowAway {
  readonly runId = randomBytes(RUN_ID_BYTES).toString('hex');
  readonly marker: string;
  private readonly rows = new Map<string, Made>();
  private hasDoubt = false;

  constructor(
    readonly smokeball: SmokeballDoor,
    startedAt: Date,
  ) {
    this.marker = markerOf(startedAt, this.runId);
  }

  /** Makes a record. Its id stands in `id`, or in `fileId` for files; none when Smokeball refused. */
  async make(
    kind: MadeKind,
    route: string,
    options: CallOptions & { readonly matterId?: string },
  ): Promise<Answer & { readonly id: string | undefined }> {
    const { matterId, ...call } = options;
    const answer = await this.smokeball.call('POST', route, call).catch((error: unknown) => {
      this.hasDoubt = true;
      throw error;
    });
    const isMade = answer.status >= 200 && answer.status < 300;
    const id = isMade ? (textOf(membersOf(answer.body)['fileId']) ?? idOf(answer.body)) : undefined;
    if (id !== undefined) this.note({ kind, id, matterId, state: 'made', how: '', madeAtMs: performance.now() });
    return { ...answer, id };
  }

  /** Changes a record that was made here. */
  async change(method: Exclude<HttpMethod, 'GET'>, route: string, options: CallOptions): Promise<Answer> {
    return await this.smokeball.call(method, route, options);
  }

  note(made: Made): void {
    this.rows.set(`${made.kind} ${made.id}`, made);
  }

  /** Newest first, as they have to be taken away. */
  all(): readonly Made[] {
    return [...this.rows.values()].reverse();
  }

  /** Did a write get no answer? Then there may be a record whose id is not known. */
  mayHaveMore(): boolean {
    return this.hasDoubt;
  }
}
