import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findPlain } from './find-record';
import { Links } from './links';
import { collectionAnswer } from './paging';
import type { PlainInput } from './plain-changes';
import { readFields, refuseField, requireFields, text } from './read-input';
import { writeLater } from './write-later';

const SHAPE = { documentId: 'text', type: 'whole' } as const;
const FILE = 0;
const MEMO = 2;
const ALL = '/tasks/{taskId}/documents';
const ONE = '/tasks/{taskId}/documents/{id}';
const READ = ['tasks/read'];
const WRITE = ['tasks/write'];

/** Files and memos that are linked to a task. */
export const taskDocumentRoutes: readonly Route[] = [
  { method: 'GET', template: ALL, scopes: READ, handle: list },
  { method: 'POST', template: ALL, scopes: WRITE, handle: add },
  { method: 'GET', template: ONE, scopes: READ, handle: (call) => ok(view(call, find(call))) },
  { method: 'DELETE', template: ONE, scopes: WRITE, handle: remove },
];

function list(call: Call): Answer {
  const task = findTask(call);
  const rows = [...call.firm.plain.taskdocuments.listing.values()].filter((row) => row.body['taskId'] === task.id);
  return collectionAnswer(
    call,
    rows.map((row) => view(call, row)),
  );
}

/** Form templates (type 1) exist but cannot be linked. */
function add(call: Call): Answer {
  const fields = readFields(call.body, SHAPE);
  requireFields(fields, ['documentId', 'type']);
  const { type } = fields;
  if (type !== FILE && type !== MEMO) refuseField('type', 'The type must be 0 (file) or 2 (memo).');
  const documentId = text(fields['documentId']) ?? '';
  const known = type === FILE ? call.firm.files.get(documentId) : call.firm.plain.memos.get(documentId);
  const lateError = known === undefined ? `Document ${documentId} was not found.` : undefined;
  return write(call, 'create', call.world.random.uuid(), { documentId, type }, lateError);
}

function remove(call: Call): Answer {
  return write(call, 'delete', find(call).id, {}, undefined);
}

function write(
  call: Call,
  how: PlainInput['how'],
  id: string,
  given: Readonly<Record<string, unknown>>,
  lateError: string | undefined,
): Answer {
  const task = findTask(call);
  const fields = { ...given, taskId: task.id };
  const input: PlainInput = { resource: 'taskdocuments', matterId: null, how, fields, partOf: task.id };
  const path = `tasks/${task.id}/documents/${id}`;
  return writeLater(call, { operation: 'plain.write', resourceName: 'TaskDocument', id, path, input, lateError });
}

function findTask(call: Call): PlainRecord {
  return findPlain(call, 'tasks', 'Task', call.params['taskId'] ?? '');
}

function find(call: Call): PlainRecord {
  const task = findTask(call);
  const id = call.params['id'] ?? '';
  const link = findPlain(call, 'taskdocuments', 'Task document', id);
  if (link.body['taskId'] !== task.id) throw new Refusal(notFound('Task document', id));
  return link;
}

function view(call: Call, link: PlainRecord): Record<string, unknown> {
  const links = new Links(call.hrefBase);
  const taskId = text(link.body['taskId']) ?? '';
  const documentId = text(link.body['documentId']) ?? '';
  const isFile = link.body['type'] === FILE;
  const matterId = isFile ? call.firm.files.get(documentId)?.matterId : call.firm.plain.memos.get(documentId)?.matterId;
  const path = `matters/${matterId ?? ''}/${isFile ? 'documents/files' : 'memos'}/${documentId}`;
  return {
    id: link.id,
    href: links.href(`tasks/${taskId}/documents/${link.id}`),
    method: 'GET',
    task: links.to(`tasks/${taskId}`, taskId, 'Task'),
    type: link.body['type'],
    isDeleted: link.isDeleted,
    document: links.to(path, documentId, isFile ? 'File' : 'Memo'),
  };
}
