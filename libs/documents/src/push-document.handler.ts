import { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SMOKEBALL_FILE_NAME_MAX } from '@matterline/contracts';
import { MatterStore } from '@matterline/matter-mapping';
import { ChangeNotices, Clock, FieldCipher, type FirmScope } from '@matterline/platform';
import type { CallResult, SmokeballFile, UploadAddress } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  createOnce,
  failed,
  type Failed,
  failureBefore,
  failureOutcome,
  isOutcome,
  type Notice,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  sentMsAgo,
  setNotices,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { OutgoingEvents } from '@matterline/webhooks';
import { ByteStore } from './byte-store';
import { type DocumentRow, DocumentStore } from './document-store';
import { FetchDocument } from './fetch-document';
import { nameInSmokeball } from './name-in-smokeball';
import { FileSightings } from './file-sightings';
import { BytesDiffer, provenBytes } from './proven-bytes';

/** Woken earlier when the matter arrives; this is only for a lost wake-up. */
const LOOK_AGAIN_MS = 30_000;
/** A place just made is not found for a moment; one that is not found for longer has gone. */
const PLACE_APPEARS_WITHIN_MS = 60_000;
const PLACE_AGAIN_MS = 1_000;
const CANCEL_IS_FINAL_AFTER_MS = 60_000;
/** By this the file is found again in Smokeball, whatever it is called there. */
const MARK = 'matterline_upload_id';

interface Subject {
  readonly row: DocumentRow;
  readonly fileName: string;
  readonly folder: string | null;
  readonly smokeballMatterId: string;
  /** The file this becomes a new version of. */
  readonly earlierFileId: string | null;
}

@Injectable()
export class PushDocumentParts {
  constructor(
    readonly clock: Clock,
    readonly changes: ChangeNotices,
    readonly fetching: FetchDocument,
    readonly cipher: FieldCipher,
    readonly sightings: FileSightings,
  ) {}
}

/** `document.push`: a place for the file, then its bytes unaltered, then proof that Smokeball took them in. */
@Injectable()
export class PushDocumentHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'document.push';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly store: DocumentStore,
    private readonly bytes: ByteStore,
    private readonly matters: MatterStore,
    private readonly events: OutgoingEvents,
    private readonly parts: PushDocumentParts,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | Failed | null> {
    const matter = await this.matters.find(scope, operation.matter_id ?? '');
    if (matter?.link.state === 'confirmed') return null;
    const isUnderWay = matter?.link.state === 'pending' || matter?.link.state === 'accepted';
    return isUnderWay ? { waitMs: LOOK_AGAIN_MS } : failed('matter_not_linked');
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation));
    if (!subject) return failed('matter_not_linked');
    if (subject.row.state === 'confirmed') return SUCCEEDED;
    if (subject.fileName.length > SMOKEBALL_FILE_NAME_MAX) return failed('name_too_long');
    const whole = await this.withBytes(context, subject);
    return 'kind' in whole ? whole : await this.sendWhole(context, whole);
  }

  private async sendWhole(context: OperationContext, subject: Subject): Promise<Outcome> {
    const slot = await this.slot(context, subject);
    if ('kind' in slot) return slot;
    await context.tx((scope) =>
      this.store.change(scope, subject.row.upload_id, {
        state: 'accepted',
        smokeball_file_id: slot.fileId,
        error_code: null,
      }),
    );
    try {
      return (await this.send(context, subject, slot.fileId, slot.address)) ?? ACCEPTED;
    } catch (error) {
      if (!(error instanceof BytesDiffer)) throw error;
      // Nothing can have arrived, so a later try need not look for it.
      await context.remember({ upload_sent_at: null, upload_looks: null, upload_again_at: null });
      return failed('hash_differs');
    }
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation));
    const fileId = context.progress['file_id'];
    if (!subject || typeof fileId !== 'string') return failed('internal', 'accepted without a file');
    context.step('Look whether Smokeball has taken the file in');
    const answer = await context.smokeball.files.get(subject.smokeballMatterId, fileId, context.call);
    if (!answer.ok)
      return answer.failure.kind === 'not_found'
        ? waiting(0)
        : failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    if (answer.data.isDeleted) return failed('link_broken');
    if (answer.data.isCancelled && this.isCancelFinal(context)) {
      await context.remember({ upload_id: null, upload_sent_at: null, upload_looks: null });
      return failed('upload_refused', 'the upload was cancelled');
    }
    if (!hasArrived(answer.data, context, subject)) return waiting(0);
    await context.tx((scope) => this.arrived(scope, subject, answer.data));
    return SUCCEEDED;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    if (failure.code === 'refused_later')
      await scope.change(`update operations set progress = '{}' where id = $1`, [operation.id]);
    await this.store.change(scope, operation.entity_id, { state: 'failed', error_code: failure.code });
    await this.parts.changes.announce(scope, { kind: 'document', id: operation.entity_id });
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.store.change(scope, operation.entity_id, { state: 'pending', error_code: null });
  }

  async cancelled(scope: FirmScope, operation: OperationRow): Promise<void> {
    const before = failureBefore(operation);
    await this.store.change(scope, operation.entity_id, {
      state: before === null ? 'received' : 'failed',
      error_code: before,
    });
  }

  /** The bytes of a document that CaseHug only named are fetched here. */
  private async withBytes(context: OperationContext, subject: Subject): Promise<Subject | Failed> {
    const { row } = subject;
    if (row.store_id) return subject;
    if (row.sha256) return failed('file_bytes_gone');
    context.step('Fetch the file from CaseHug');
    const missing = await this.parts.fetching.fetch(context.firmId, row.upload_id, (work) => context.tx(work));
    return (
      missing ?? (await context.tx((scope) => this.subject(scope, context.operation))) ?? failed('matter_not_linked')
    );
  }

  private async subject(scope: FirmScope, operation: OperationRow): Promise<Subject | null> {
    const row = await this.store.find(scope, operation.entity_id);
    const matter = row && (await this.matters.find(scope, row.matter_id));
    if (!row || !matter?.link.smokeball_matter_id) return null;
    return {
      row,
      fileName: this.store.fileName(scope.firmId, row),
      folder: this.store.folder(scope.firmId, row),
      smokeballMatterId: matter.link.smokeball_matter_id,
      earlierFileId: await this.store.earlierFile(scope, row),
    };
  }

  /** The file's place: the earlier version's, or a new one. */
  private async slot(
    context: OperationContext,
    subject: Subject,
  ): Promise<{ fileId: string; address: UploadAddress | null } | Outcome> {
    if (subject.earlierFileId !== null) {
      if (context.progress['file_id'] == null) {
        context.step('Find the file this is a new version of');
        const file = await context.smokeball.files.get(subject.smokeballMatterId, subject.earlierFileId, context.call);
        if (!file.ok) return failureOutcome(file.failure, 'GET', context.operation.tries_since_reset);
        if (file.data.isDeleted) return failed('link_broken');
        await context.remember({ file_id: subject.earlierFileId, version_before: file.data.versionId ?? '' });
      }
      return { fileId: subject.earlierFileId, address: null };
    }
    const made = await createOnce<UploadAddress>(context, this.parts.clock, {
      name: 'file',
      look: () => this.look(context, subject),
      create: async (beforeSend) => {
        context.step('Make a place for the file');
        const fileName = nameInSmokeball(subject.fileName);
        const notices: Notice[] = [
          ...(subject.row.replaces_upload_id === null ? [] : [{ code: 'replaced_unknown' as const }]),
          ...(fileName === subject.fileName ? [] : [{ code: 'name_changed' as const }]),
        ];
        await context.tx((scope) => setNotices(scope, this.parts.cipher, context.operation.id, notices));
        return await context.smokeball.files.createSlot(
          subject.smokeballMatterId,
          {
            fileName,
            ...(subject.folder ? { folderPath: subject.folder } : {}),
            fileAdditionalData: { [MARK]: subject.row.upload_id },
          },
          { ...context.call, beforeSend },
        );
      },
      idOf: (address) => address.fileId,
    });
    return isOutcome(made) ? made : { fileId: made.id, address: made.created ?? null };
  }

  private async look(context: OperationContext, subject: Subject): Promise<CallResult<UploadAddress | null>> {
    context.step('Look whether an earlier try has made it');
    let offset: number | null = 0;
    while (offset !== null) {
      const answer: Awaited<ReturnType<typeof context.smokeball.files.list>> = await context.smokeball.files.list(
        subject.smokeballMatterId,
        { offset },
        context.call,
      );
      if (!answer.ok) return answer;
      const found = answer.data.items.find(
        (file) => !file.isDeleted && file.additionalData[MARK] === subject.row.upload_id,
      );
      if (found) return await context.smokeball.files.uploadAddress(subject.smokeballMatterId, found.id, context.call);
      offset = answer.data.nextOffset;
    }
    return { ok: true, status: 200, data: null, requestId: context.operation.id };
  }

  /** Sends the bytes once; after an interruption it looks first whether they arrived. Null when they are sent. */
  private async send(
    context: OperationContext,
    subject: Subject,
    fileId: string,
    given: UploadAddress | null,
  ): Promise<Outcome | null> {
    let isPlaceMissing = false;
    const sent = await createOnce<SmokeballFile | UploadAddress>(context, this.parts.clock, {
      name: 'upload',
      look: async () => {
        const file = await context.smokeball.files.get(subject.smokeballMatterId, fileId, context.call);
        if (!file.ok)
          return file.failure.kind === 'not_found'
            ? { ok: true, status: 404, data: null, requestId: context.operation.id }
            : file;
        return { ...file, data: hasArrived(file.data, context, subject) ? file.data : null };
      },
      create: async (beforeSend) => {
        const address = given ?? (await this.freshAddress(context, subject, fileId));
        if ('ok' in address && !address.ok) {
          isPlaceMissing = address.failure.kind === 'not_found';
          return address;
        }
        const target = 'ok' in address ? address.data : address;
        context.step('Send the bytes');
        await beforeSend();
        const stored = this.bytes.read(context.firmId, subject.row.store_id ?? '');
        const bytes = Readable.from(provenBytes(stored, subject.row.sha256 ?? ''), { objectMode: false });
        const put = await context.smokeball.files.uploadBytes(target.uploadUrl, bytes, Number(subject.row.size_bytes), {
          requestId: context.operation.id,
          signal: context.call.signal,
        });
        return put.ok ? { ...put, data: target } : put;
      },
      idOf: () => fileId,
    });
    if (isPlaceMissing && this.isPlaceYoung(context)) return waiting(PLACE_AGAIN_MS);
    return isOutcome(sent) ? sent : null;
  }

  /** A place whose first address ran out says cancelled until the bytes sent to a later address are taken in. */
  private isCancelFinal(context: OperationContext): boolean {
    const sentMs = sentMsAgo(context, this.parts.clock, 'upload');
    return sentMs === null || sentMs > CANCEL_IS_FINAL_AFTER_MS;
  }

  private isPlaceYoung(context: OperationContext): boolean {
    const madeMs = sentMsAgo(context, this.parts.clock, 'file');
    return madeMs !== null && madeMs < PLACE_APPEARS_WITHIN_MS;
  }

  private async freshAddress(
    context: OperationContext,
    subject: Subject,
    fileId: string,
  ): Promise<CallResult<UploadAddress>> {
    return await context.smokeball.files.uploadAddress(subject.smokeballMatterId, fileId, context.call);
  }

  private async arrived(scope: FirmScope, { row, smokeballMatterId }: Subject, file: SmokeballFile): Promise<void> {
    await this.parts.sightings.begin(scope, file, this.store.fileName(scope.firmId, row));
    await this.store.change(scope, row.upload_id, {
      state: 'confirmed',
      smokeball_file_id: file.id,
      smokeball_version_id: file.versionId ?? null,
      store_id: null,
      error_code: null,
    });
    if (row.store_id) await this.bytes.erase(scope, row.store_id);
    await this.events.emit(scope, {
      type: 'document.synced',
      matterId: row.matter_id,
      data: {
        smokeball_matter_id: smokeballMatterId,
        upload_id: row.upload_id,
        file_id: file.id,
        version_id: file.versionId ?? null,
        sha256: row.sha256,
      },
      dedupeKey: `document.synced/${row.upload_id}/${file.id}/${file.versionId ?? ''}`,
    });
    await this.parts.changes.announce(scope, { kind: 'document', id: row.upload_id });
  }
}

/** Taken in, of our length, and for a new version another version than before. */
function hasArrived(file: SmokeballFile, { progress }: OperationContext, { row }: Subject): boolean {
  if (!file.isUploaded) return false;
  if (typeof progress['version_before'] === 'string' && (file.versionId ?? '') === progress['version_before'])
    return false;
  return file.sizeBytes === undefined || file.sizeBytes === Number(row.size_bytes);
}
