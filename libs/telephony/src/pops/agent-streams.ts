import { PassThrough } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, isDatabaseAway, Log } from '@matterline/platform';
import { type Agent, type Pop, Pops } from './pops';

const HEARTBEAT_MS = 15_000;
/** Ask a browser that lost the stream to come back after this long. */
const RETRY_MS = 2_000;

/** Server-sent events of one agent (https://html.spec.whatwg.org/multipage/server-sent-events.html): `event: pop`, `data:` the call's answer. */
@Injectable()
export class AgentStreams implements OnModuleDestroy {
  private readonly open = new Set<PassThrough>();

  constructor(
    private readonly pops: Pops,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * @param after the last position that the agent has seen; null begins with what comes next
   * @param until when the caller's token ends, and with it the stream
   */
  start(agent: Agent, after: bigint | null, until: Date | null): PassThrough {
    const stream = new PassThrough();
    this.open.add(stream);
    stream.write(`retry: ${RETRY_MS}\n\n`);
    const seen = new Set<bigint>();
    const send = (pop: Pop | null) => {
      if (!pop || seen.has(pop.position) || stream.writableEnded) return;
      seen.add(pop.position);
      stream.write(`id: ${pop.position}\nevent: pop\ndata: ${JSON.stringify(pop.answer)}\n\n`);
    };
    // One after the other, so that pops arrive in the order of their notices.
    let queue: Promise<void> = Promise.resolve();
    const next = (read: () => Promise<readonly Pop[]>) => {
      queue = queue
        .then(async () => (await read()).forEach(send))
        .catch((error: unknown) => this.lost(agent, stream, error));
    };
    const listening = this.pops.of(agent).subscribe((position) => {
      next(async () => [await this.pops.at(agent, position)].filter((pop) => pop !== null));
    });
    if (after !== null) next(() => this.pops.after(agent, after));
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MS);
    const end = until && setTimeout(() => stream.end(), Math.max(0, until.getTime() - this.clock.nowMs()));
    stream.once('close', () => {
      listening.unsubscribe();
      clearInterval(heartbeat);
      if (end) clearTimeout(end);
      this.open.delete(stream);
    });
    return stream;
  }

  /** Before the server waits for its open answers: these would never end by themselves. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.end();
  }

  /** The agent's browser comes back by itself and says what it has seen. */
  private lost(agent: Agent, stream: PassThrough, error: unknown): void {
    if (!isDatabaseAway(error))
      this.log.error('pops.stream.failed', { firm_id: agent.firmId, extension: agent.extension, error });
    stream.end();
  }
}
