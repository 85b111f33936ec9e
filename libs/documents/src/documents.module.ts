import { Global, Module } from '@nestjs/common';
import { EntityNames } from '@matterline/sync';
import { ByteStore, RowByteStore } from './byte-store';
import { CaseHugDocumentEvents } from './casehug-document-events';
import { DocumentEvents } from './document-events';
import { DocumentStore } from './document-store';
import { Download } from './download';
import { FileSightings } from './file-sightings';
import { FetchDocument } from './fetch-document';
import { ForgetStrayBytes } from './forget-stray-bytes';
import { PlanDocuments } from './plan-documents';
import { PushDocumentHandler, PushDocumentParts } from './push-document.handler';
import { ReadBack } from './read-back';
import { TakeDocument, TakeParts } from './take-document';
import { DocumentLinksApart } from './document-links-apart';

const SERVICES = [
  DocumentStore,
  TakeParts,
  TakeDocument,
  PlanDocuments,
  FetchDocument,
  PushDocumentParts,
  PushDocumentHandler,
  FileSightings,
  DocumentEvents,
  CaseHugDocumentEvents,
  Download,
  ReadBack,
  ForgetStrayBytes,
  DocumentLinksApart,
];

@Global()
@Module({
  providers: [...SERVICES, { provide: ByteStore, useClass: RowByteStore }],
  exports: [...SERVICES, ByteStore],
})
export class DocumentsModule {
  constructor(names: EntityNames, store: DocumentStore) {
    names.register('document', (scope, ids) => store.names(scope, ids));
  }
}
