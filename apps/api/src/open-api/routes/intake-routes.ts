import {
  documentContentQuerySchema,
  addressedMetadataSchema,
  documentMetadataSchema,
  matterPutSchema,
  matterQuerySchema,
} from '@matterline/contracts';
import { z } from 'zod';
import { jsonSchema } from '../json-schema';
import { file, jsonBody, one, page, type RouteDescription } from '../route-description';

const matterQuery = z.object({
  state: matterQuerySchema.shape.state.describe('State of the link.'),
  q: matterQuerySchema.shape.q.describe('Whole words and numbers of client data; ids by their beginning.'),
});

/** Source: docs/http-api.md#matters, docs/http-api.md#documents. */
export const INTAKE_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'PUT /api/v1/matters/{casehug_matter_id}': {
    id: 'putMatter',
    tag: 'matters',
    summary: 'Take the picture of one matter',
    description:
      'A member that is absent stays as it was, `null` clears an optional one, a given array replaces. Synced if the firm’s settings say so, or with `sync=true`.',
    query: z.object({
      sync: z.enum(['true', 'false']).optional().describe('`true`: sync whatever the settings say.'),
    }),
    body: jsonBody(matterPutSchema),
    answers: {
      202: one('MatterDetail', 'The matter as it is now.'),
      200: one('MatterDetail', 'The stored picture is newer: nothing was applied.'),
    },
  },
  'GET /api/v1/matters/{casehug_matter_id}': {
    id: 'getMatter',
    tag: 'matters',
    summary: 'One matter, its link and its newest operations',
    answers: { 200: one('MatterDetail', 'The matter.') },
  },
  'GET /api/v1/matters': {
    id: 'listMatters',
    tag: 'matters',
    summary: 'The matters, newest first',
    query: matterQuery,
    isPaged: true,
    answers: { 200: page('Matter', 'A page of matters.') },
  },
  'POST /api/v1/matters/{casehug_matter_id}/documents': {
    id: 'addDocument',
    tag: 'documents',
    summary: 'Take a document',
    description:
      'Multipart with `metadata` first and then `file`, up to 100 MB; or JSON metadata with a `download_url`, which is fetched at once. Only approved documents are sent.',
    body: {
      isRequired: true,
      content: {
        'multipart/form-data': {
          type: 'object',
          required: ['metadata', 'file'],
          properties: {
            metadata: {
              type: 'string',
              contentMediaType: 'application/json',
              contentSchema: jsonSchema(documentMetadataSchema, 'input'),
            },
            file: { type: 'string', contentMediaType: 'application/octet-stream' },
          },
        },
        'application/json': jsonSchema(addressedMetadataSchema, 'input'),
      },
    },
    answers: { 202: one('Document', 'The document as it is now.') },
    errors: ['conflict', 'hash_mismatch', 'download_failed', 'target_not_allowed'],
  },
  'GET /api/v1/matters/{casehug_matter_id}/documents': {
    id: 'listDocuments',
    tag: 'documents',
    summary: 'The documents of a matter, newest first',
    isPaged: true,
    answers: { 200: page('Document', 'A page of documents.') },
  },
  'GET /api/v1/matters/{casehug_matter_id}/documents/{upload_id}/history': {
    id: 'getDocumentHistory',
    tag: 'documents',
    summary: 'What became of a document in Smokeball',
    description:
      'Read in Smokeball when asked. `conflict` while the document is not there yet or the firm is not connected, `unavailable` while Smokeball does not answer.',
    answers: { 200: one('DocumentHistory', 'The changes of its file, newest first.') },
    errors: ['conflict', 'unavailable'],
  },
  'GET /api/v1/matters/{casehug_matter_id}/documents/{upload_id}/content': {
    id: 'getDocumentContent',
    tag: 'documents',
    summary: 'The bytes of one version, as Smokeball has them',
    description: 'The current version’s, unless `version_id` names another one of its history.',
    query: documentContentQuerySchema,
    answers: { 200: file('The bytes, as a download with the file’s name.') },
    errors: ['conflict', 'unavailable'],
  },
};
