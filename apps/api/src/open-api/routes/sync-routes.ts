import {
  batchResultsQuerySchema,
  operationFilterSchema,
  retryRequestSchema,
  syncRequestSchema,
} from '@matterline/contracts';
import { all, either, jsonBody, one, page, type RouteDescription, text } from '../route-description';

const SYNC = '/api/v1/integrations/smokeball/sync';

/** Source: docs/http-api.md#sync. */
export const SYNC_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`POST ${SYNC}`]: {
    id: 'startSync',
    tag: 'sync',
    summary: 'Sync the named matters, or all that match',
    description: 'Give either `matter_ids` (1 to 1000) or `filter` (up to 10,000 matters).',
    body: jsonBody(syncRequestSchema),
    answers: {
      202: one('SyncStart', 'What was begun.'),
      200: one('SyncStart', 'A dry run: what would be begun; nothing is changed.'),
    },
  },
  [`GET ${SYNC}`]: {
    id: 'listOperations',
    tag: 'sync',
    summary: 'The history, newest first',
    query: operationFilterSchema,
    isPaged: true,
    answers: { 200: page('Operation', 'A page of operations.') },
  },
  [`GET ${SYNC}/{operation_id}`]: {
    id: 'getOperation',
    tag: 'sync',
    summary: 'One operation with its attempts and calls',
    answers: { 200: one('OperationDetail', 'The operation.') },
  },
  [`POST ${SYNC}/{operation_id}/retry`]: {
    id: 'retryOperation',
    tag: 'sync',
    summary: 'Open the same operation again',
    answers: { 202: one('OperationDetail', 'The operation as it is now.') },
    errors: ['conflict'],
  },
  [`POST ${SYNC}/retry`]: {
    id: 'retryOperations',
    tag: 'sync',
    summary: 'Open again all failed and held operations that match, in their original order',
    body: jsonBody(retryRequestSchema),
    answers: {
      202: one('RetryStart', 'What was opened again.'),
      200: one('RetryStart', 'A dry run: how many would be opened again; nothing is changed.'),
    },
  },
  [`GET ${SYNC}/batches/{id}`]: {
    id: 'getBatch',
    tag: 'sync',
    summary: 'Counts and the time left of a bulk action',
    answers: { 200: one('Batch', 'The bulk action.') },
  },
  [`POST ${SYNC}/batches/{id}/cancel`]: {
    id: 'cancelBatch',
    tag: 'sync',
    summary: 'Stop what has not begun',
    answers: { 202: one('Batch', 'The bulk action as it is now.') },
  },
  [`GET ${SYNC}/batches/{id}/results`]: {
    id: 'listBatchResults',
    tag: 'sync',
    summary: 'One row an operation',
    query: batchResultsQuerySchema,
    answers: { 200: either(all('BatchResult', 'All rows.'), text('text/csv', 'The same as a file.')) },
  },
};
