import { Injectable, type OnModuleInit } from '@nestjs/common';
import { documentMetadataSchema, type DocumentMetadata } from '@matterline/contracts';
import { CompleteMatter } from '@matterline/matter-mapping';
import { Database } from '@matterline/platform';
import { CaseHugApi, type CaseHugEvent, type EventEffect, EventHandlers } from '@matterline/webhooks';
import { z } from 'zod';
import { type Announced, TakeDocument } from './take-document';

const payloadSchema = z.looseObject({
  upload: z.looseObject({ id: z.string(), filename: z.string(), content_type: z.string().nullish() }),
  document: z.looseObject({ id: z.string().nullish(), matter_id: z.string().nullish() }).nullish(),
  matter: z.looseObject({ id: z.string() }).nullish(),
});

const NOTES: Readonly<Record<Announced, string>> = {
  named: 'the document is taken; its bytes are fetched from CaseHug when it is sent',
  known: 'the document was here already',
  other_matter: 'this upload belongs to another matter',
};

interface Approval {
  readonly matterId: string;
  readonly metadata: DocumentMetadata;
}

/** `document.approved`: when CaseHug's API can be asked, sending the document fetches its bytes; else it waits for CaseHug to send them. */
@Injectable()
export class CaseHugDocumentEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly api: CaseHugApi,
    private readonly completeMatter: CompleteMatter,
    private readonly takeDocument: TakeDocument,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.handlers.onCaseHug(['document.approved'], (event) => this.approved(event));
  }

  private async approved({ firmId, data }: CaseHugEvent): Promise<EventEffect> {
    const approval = readApproval(data);
    if (!approval) return { note: 'it names no document that can be used' };
    const { matterId, metadata } = approval;
    if (!(await this.matterIsKnown(firmId, matterId))) await this.completeMatter.complete(firmId, matterId);
    if (!(await this.matterIsKnown(firmId, matterId)))
      return { note: 'waits for CaseHug to send the matter and the document', matterId };
    if (!(await this.api.forFirm(firmId))) return { note: 'waits for CaseHug to send the document itself', matterId };
    return { note: NOTES[await this.takeDocument.announce(firmId, matterId, metadata)], matterId };
  }

  private async matterIsKnown(firmId: string, matterId: string): Promise<boolean> {
    const row = await this.database.forFirm(firmId, (scope) =>
      scope.one('select 1 from matters where firm_id = $1 and matter_id = $2', [firmId, matterId]),
    );
    return row !== null;
  }
}

function readApproval(data: Readonly<Record<string, unknown>>): Approval | null {
  const payload = payloadSchema.safeParse(data);
  const matterId = payload.success ? (payload.data.matter?.id ?? payload.data.document?.matter_id) : null;
  if (!payload.success || !matterId) return null;
  const { upload, document } = payload.data;
  const metadata = documentMetadataSchema.safeParse({
    upload_id: upload.id,
    document_id: document?.id,
    file_name: upload.filename,
    content_type: upload.content_type ?? 'application/octet-stream',
    status: 'approved',
  });
  return metadata.success ? { matterId, metadata: metadata.data } : null;
}
