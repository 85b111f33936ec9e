import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findPlain } from './find-record';
import { Links, type Link } from './links';
import { collectionAnswer } from './paging';
import { latePlainError, type PlainInput } from './plain-changes';
import { readFields, refuseField, requireFields, text } from './read-input';
import { writeLater } from './write-later';

const SHAPE = {
  staffId: 'text',
  completedByStaffId: 'text',
  subject: 'text',
  isCompleted: 'flag',
  completedDate: 'moment',
  completedDateOnly: 'moment',
} as const;
const ALL = '/tasks/{taskId}/subtasks';
const ONE = '/tasks/{taskId}/subtasks/{id}';
const READ = ['tasks/read'];
const WRITE = ['tasks/write'];

export const subtaskRoutes: readonly Route[] = [
  { method: 'GET', template: ALL, scopes: READ, handle: list },
  { method: 'POST', template: ALL, scopes: WRITE, handle: (call) => write(call, 'create') },
  { method: 'GET', template: ONE, scopes: READ, handle: read },
  { method: 'PUT', template: ONE, scopes: WRITE, handle: (call) => write(call, 'put') },
  { method: 'DELETE', template: ONE, scopes: WRITE, handle: (call) => write(call, 'delete') },
];

/** Not paged; deleted ones are still in it, as in the list of tasks. */
function list(call: Call): Answer {
  const task = findTask(call);
  const links = new Links(call.hrefBase);
  const rows = [...call.firm.plain.subtasks.listing.values()].filter((row) => row.body['taskId'] === task.id);
  return collectionAnswer(
    call,
    rows.map((row) => subtaskView(row, links)),
  );
}

function read(call: Call): Answer {
  return ok(subtaskView(findSubtask(call), new Links(call.hrefBase)));
}

function write(call: Call, how: PlainInput['how']): Answer {
  const task = findTask(call);
  const before = how === 'create' ? undefined : findSubtask(call);
  const given = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how !== 'delete') requireFields(given, ['staffId', 'subject']);
  const isCompleted = given['isCompleted'] === true;
  if (isCompleted && text(given['completedByStaffId']) === null) {
    refuseField('completedByStaffId', 'The completedByStaffId field is required for a completed subtask.');
  }
  const today = `${call.world.clock.iso().slice(0, 10)}T00:00:00`;
  const completed = isCompleted ? { completedDateOnly: given['completedDateOnly'] ?? today } : {};
  const id = before?.id ?? call.world.random.uuid();
  const fields = { ...given, ...completed, taskId: task.id };
  const input: PlainInput = { resource: 'subtasks', matterId: null, how, fields, partOf: task.id };
  const staffIds = ['staffId', 'completedByStaffId'].flatMap((name) => text(given[name]) ?? []);
  return writeLater(call, {
    operation: 'plain.write',
    resourceName: 'SubTask',
    id,
    path: `tasks/${task.id}/subtasks/${id}`,
    input,
    lateError: latePlainError(call, staffIds, null),
  });
}

function findTask(call: Call): PlainRecord {
  return findPlain(call, 'tasks', 'Task', call.params['taskId'] ?? '');
}

function findSubtask(call: Call): PlainRecord {
  const task = findTask(call);
  const id = call.params['id'] ?? '';
  const subtask = findPlain(call, 'subtasks', 'SubTask', id);
  if (subtask.body['taskId'] !== task.id) throw new Refusal(notFound('SubTask', id));
  return subtask;
}

function subtaskView(subtask: PlainRecord, links: Links): Record<string, unknown> {
  const { body } = subtask;
  const taskId = text(body['taskId']) ?? '';
  const staff = (name: string, rel: string): Link | null => {
    const id = text(body[name]);
    return id === null ? null : links.staff(id, rel);
  };
  return {
    id: subtask.id,
    href: links.href(`tasks/${taskId}/subtasks/${subtask.id}`) ?? undefined,
    method: 'GET',
    parentTask: links.to(`tasks/${taskId}`, taskId, 'Task'),
    createdBy: staff('staffId', 'CreatedBy'),
    completedBy: staff('completedByStaffId', 'CompletedBy'),
    lastUpdatedBy: staff('staffId', 'LastUpdatedBy'),
    subject: body['subject'] ?? null,
    completedDate: body['completedDate'] ?? null,
    completedDateOnly: body['completedDateOnly'] ?? null,
    createdDate: subtask.createdAt,
    createdDateOnly: `${subtask.createdAt.slice(0, 10)}T00:00:00`,
    isCompleted: body['isCompleted'] === true,
    isDeleted: subtask.isDeleted,
    lastUpdated: BigInt(subtask.lastUpdated),
  };
}
