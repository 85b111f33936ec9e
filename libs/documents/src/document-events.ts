import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { MatterStore } from '@matterline/matter-mapping';
import { Clock, Database } from '@matterline/platform';
import { dateFromTicks, ticksFromDate, type SmokeballClient, type SmokeballFile } from '@matterline/smokeball-client';
import { Operations } from '@matterline/sync';
import { type EventEffect, EventHandlers, EventNotYet, type SmokeballEvent } from '@matterline/webhooks';
import { FileSightings } from './file-sightings';

/** What an event says of where to read on; unsigned, so it decides only what is read. */
interface Mark {
  readonly cursor: string | null;
  readonly at: bigint;
}

/** Files of a matter changed in Smokeball: our own uploads are looked at now, and CaseHug is told which files changed. */
@Injectable()
export class DocumentEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly matters: MatterStore,
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly access: SmokeballAccess,
    private readonly sightings: FileSightings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(['files.updated'], (event) => this.handle(event), { gather: true });
  }

  private async handle(event: SmokeballEvent): Promise<EventEffect> {
    const smokeballMatterId = matterIdOf(event);
    if (smokeballMatterId === null) return { note: 'it names no matter' };
    const matterId = await this.database.forFirm(event.firmId, async (scope) => {
      const found = await this.matters.byRemote(scope, smokeballMatterId);
      if (found) await this.operations.wakeMatters(scope, [found.matterId]);
      return found?.matterId ?? null;
    });
    if (event.isEcho) return { note: 'our uploads are looked at', matterId };
    const smokeball = await this.access.forConnection(event.firmId);
    if (!smokeball) return { note: 'not connected', matterId };
    const mark = oldestMark(event, ticksFromDate(this.clock.now()));
    const read = await this.read(smokeball, smokeballMatterId, mark, event.firmId);
    if (read === null) return { note: 'the matter cannot be read', matterId };
    const changedAbout = read.isWhole ? dateFromTicks(mark.at) : null;
    const told = await this.database.forFirm(event.firmId, (scope) =>
      this.sightings.take(scope, { smokeballMatterId, matterId, files: read.files, changedAbout }),
    );
    const note = told === 0 ? 'no file changed that CaseHug is told of' : `${told} files changed`;
    return { note: matterId === null ? `${note}, in a matter that is not linked` : note, matterId };
  }

  /** What changed since the cursor; all files where there is none, or none that Smokeball knows. */
  private async read(
    smokeball: SmokeballClient,
    matterId: string,
    { cursor }: Mark,
    firmId: string,
  ): Promise<{ readonly files: readonly SmokeballFile[]; readonly isWhole: boolean } | null> {
    const files: SmokeballFile[] = [];
    const readWhole = () => this.read(smokeball, matterId, { cursor: null, at: 0n }, firmId);
    for (let offset: number | null = 0; offset !== null;) {
      const filter = cursor === null ? { offset } : { cursor };
      const answer: Awaited<ReturnType<SmokeballClient['files']['list']>> = await smokeball.files.list(
        matterId,
        filter,
        { lane: 'inbound', firmId },
      );
      if (!answer.ok) {
        const { kind } = answer.failure;
        if (kind === 'not_found' || kind === 'forbidden') return null;
        if (kind === 'rejected' && cursor !== null) return await readWhole();
        throw new EventNotYet(`Smokeball could not be asked (${kind})`);
      }
      files.push(...answer.data.items);
      offset = answer.data.nextOffset;
      // How to page on behind a cursor is not documented.
      if (cursor !== null && offset !== null) return await readWhole();
    }
    return { files, isWhole: cursor === null };
  }
}

/** Where the event names the file, its matter stands beside it. */
function matterIdOf({ resourceId, notification }: SmokeballEvent): string | null {
  const beside = notification.payload['matterId'];
  return typeof beside === 'string' && beside !== '' ? beside : resourceId;
}

/** Of several events the oldest one: what changed since its cursor holds all that changed since theirs. */
function oldestMark(event: SmokeballEvent, now: bigint): Mark {
  const others = (event.together ?? [event]).filter((one) => !('isEcho' in one && one.isEcho));
  const marks = others.map(({ notification: { payload, timestamp } }) => {
    const cursor = payload['cursor'];
    return { cursor: typeof cursor === 'string' && cursor !== '' ? cursor : null, at: timestamp ?? now };
  });
  const isWithout = marks.some(({ cursor }) => cursor === null);
  const [oldest = { cursor: null, at: now }] = marks.sort((a, b) => (a.at < b.at ? -1 : 1));
  return isWithout ? { ...oldest, cursor: null } : oldest;
}
