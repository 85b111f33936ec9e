import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { SmokeballFile } from '@matterline/smokeball-client';
import { OutgoingEvents, Snapshots } from '@matterline/webhooks';
import { DocumentStore } from './document-store';

/** A file that came without an event's cursor is news when it is not older than this before its event. */
const RECENT_MS = 3600_000;

export interface FilesSeen {
  readonly smokeballMatterId: string;
  /** CaseHug's; null for a matter that is not linked. */
  readonly matterId: string | null;
  readonly files: readonly SmokeballFile[];
  /** When the whole list was read for want of a cursor: the moment of the event. */
  readonly changedAbout: Date | null;
}

/** Files that were read because somebody may have changed them: CaseHug is told of each state of each file once. */
@Injectable()
export class FileSightings {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly documents: DocumentStore,
    private readonly events: OutgoingEvents,
  ) {}

  /** @returns how many files CaseHug is told of. */
  async take(scope: FirmScope, { smokeballMatterId, matterId, files, changedAbout }: FilesSeen): Promise<number> {
    const told: SmokeballFile[] = [];
    const changes: string[] = [];
    for (const file of [...files].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (file.isDuplicate || (!file.isUploaded && !file.isDeleted)) continue;
      const sighting = await this.snapshots.see(scope, {
        kind: 'file',
        id: file.id,
        version: 0n,
        fields: textsOf(file),
      });
      const isNews = sighting.isFirst ? isRecent(file, changedAbout) : sighting.changed.length > 0;
      const isBytesOnly = sighting.changed.every((field) => field === 'content') && !file.isDeleted;
      if (!isNews || (isBytesOnly && (await this.isOurs(scope, file)))) continue;
      told.push(file);
      changes.push(`${file.id}:${file.versionId ?? ''}:${sighting.revision}`);
    }
    if (told.length === 0) return 0;
    await this.events.emit(scope, {
      type: 'files.updated',
      matterId,
      data: {
        smokeball_matter_id: smokeballMatterId,
        files: told.map((file) => ({
          file_id: file.id,
          name: `${file.name ?? ''}${file.fileExtension ?? ''}`,
          version_id: file.versionId ?? null,
        })),
      },
      dedupeKey: `files.updated/${smokeballMatterId}/${changes.join(',')}`,
    });
    return told.length;
  }

  /** Our upload has been taken in: its bytes are no news, what people then do with the file is. */
  async begin(scope: FirmScope, file: SmokeballFile, ourName: string): Promise<void> {
    const texts = textsOf(file);
    await this.snapshots.beginAll(scope, [
      { kind: 'file', id: file.id, version: 0n, fields: { ...texts, name: ourName } },
    ]);
    await this.snapshots.see(scope, { kind: 'file', id: file.id, version: 0n, fields: { content: texts.content } });
  }

  private async isOurs(scope: FirmScope, { id, versionId }: SmokeballFile): Promise<boolean> {
    return await this.documents.isOurVersion(scope, id, versionId ?? null);
  }
}

function textsOf(file: SmokeballFile) {
  return {
    name: `${file.name ?? ''}${file.fileExtension ?? ''}`,
    content: file.versionId ?? '',
    folder: file.folderId ?? '',
    deleted: String(file.isDeleted),
  };
}

function isRecent({ dateCreated, dateModified }: SmokeballFile, changedAbout: Date | null): boolean {
  if (changedAbout === null) return true;
  return [dateCreated, dateModified].some((date) => Date.parse(date ?? '') >= changedAbout.getTime() - RECENT_MS);
}
