import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { MatterStore } from '@matterline/matter-mapping';
import { Database } from '@matterline/platform';
import { Operations } from '@matterline/sync';
import {
  type EventEffect,
  EventHandlers,
  EventNotYet,
  OutgoingEvents,
  type SmokeballEvent,
} from '@matterline/webhooks';

/** Files of a matter changed in Smokeball: our own uploads are looked at now, and CaseHug is told which files changed. */
@Injectable()
export class DocumentEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly matters: MatterStore,
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly access: SmokeballAccess,
    private readonly events: OutgoingEvents,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(['files.updated'], (event) => this.handle(event));
  }

  private async handle(event: SmokeballEvent): Promise<EventEffect> {
    const smokeballMatterId = event.resourceId;
    if (smokeballMatterId === null) return { note: 'it names no matter' };
    const matter = await this.database.forFirm(event.firmId, async (scope) => {
      const found = await this.matters.byRemote(scope, smokeballMatterId);
      if (found) await this.operations.wakeMatters(scope, [found.matterId]);
      return found;
    });
    if (!matter) return { note: 'a matter that is not linked' };
    const cursor = event.notification.payload['cursor'];
    if (event.isEcho || typeof cursor !== 'string')
      return { note: 'our uploads are looked at', matterId: matter.matterId };
    return await this.tell(event, smokeballMatterId, matter.matterId, cursor);
  }

  private async tell(
    event: SmokeballEvent,
    smokeballMatterId: string,
    matterId: string,
    cursor: string,
  ): Promise<EventEffect> {
    const smokeball = await this.access.forConnection(event.firmId);
    if (!smokeball) return { note: 'not connected', matterId };
    const answer = await smokeball.files.list(smokeballMatterId, { cursor }, { lane: 'inbound', firmId: event.firmId });
    if (!answer.ok) throw new EventNotYet(`Smokeball could not be asked (${answer.failure.kind})`);
    const files = answer.data.items
      .filter((file) => !file.isDuplicate)
      .map((file) => ({
        file_id: file.id,
        name: `${file.name ?? ''}${file.fileExtension ?? ''}`,
        version_id: file.versionId ?? null,
      }));
    if (files.length === 0) return { note: 'no file changed', matterId };
    await this.database.forFirm(event.firmId, (scope) =>
      this.events.emit(scope, {
        type: 'files.updated',
        matterId,
        data: { smokeball_matter_id: smokeballMatterId, files },
        dedupeKey: `files.updated/${smokeballMatterId}/${files
          .map((file) => `${file.file_id}:${file.version_id ?? ''}`)
          .sort()
          .join(',')}`,
      }),
    );
    return { note: `${files.length} files changed`, matterId };
  }
}
