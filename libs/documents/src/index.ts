export * from './byte-store';
export * from './document-store';
export * from './documents.controller';
export * from './read-back.controller';
export * from './documents.module';
export * from './take-document';
