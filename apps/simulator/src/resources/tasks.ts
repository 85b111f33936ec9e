import type { Call, Route } from '../gateway/call';
import { ok, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findPlain } from './find-record';
import { Links, type Link } from './links';
import { momentParameter } from './moment-parameter';
import { pagedAnswer } from './paging';
import { latePlainError, type PlainInput } from './plain-changes';
import { readFields, refuseField, requireFields, text, texts } from './read-input';
import { writeLater } from './write-later';

const SHAPE = {
  matterId: 'text',
  staffId: 'text',
  completedByStaffId: 'text',
  assigneeIds: ['text'],
  subject: 'text',
  note: 'text',
  isCompleted: 'flag',
  categories: ['text'],
  completedDate: 'moment',
  completedDateOnly: 'moment',
  dueDate: 'moment',
  dueDateOnly: 'moment',
  duration: 'text',
} as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const taskRoutes: readonly Route[] = [
  { method: 'GET', template: '/tasks', scopes: ['tasks/read'], handle: list },
  { method: 'POST', template: '/tasks', scopes: ['tasks/write'], handle: (call) => write(call, 'create') },
  { method: 'GET', template: '/tasks/{id}', scopes: ['tasks/read'], handle: read },
  { method: 'PUT', template: '/tasks/{id}', scopes: ['tasks/write'], handle: (call) => write(call, 'put') },
  { method: 'DELETE', template: '/tasks/{id}', scopes: ['tasks/write'], handle: (call) => write(call, 'delete') },
];

function list(call: Call): Answer {
  const since = momentParameter(call);
  const matterId = call.query.one('MatterId');
  const isCompleted = call.query.one('IsCompleted')?.toLowerCase();
  const rows = [...call.firm.plain.tasks.listing.values()].filter((task) => {
    if (matterId !== undefined && task.body['matterId'] !== matterId) return false;
    if (isCompleted !== undefined && `${task.body['isCompleted'] === true}` !== isCompleted) return false;
    return since === undefined || BigInt(task.lastUpdated) >= since;
  });
  return pagedAnswer(call, rows, taskView);
}

function read(call: Call): Answer {
  return ok(taskView(findPlain(call, 'tasks', 'Task', call.params['id'] ?? ''), new Links(call.hrefBase)));
}

/** `PUT` replaces everything: what is absent is cleared. */
function write(call: Call, how: PlainInput['how']): Answer {
  const id = how === 'create' ? call.world.random.uuid() : findPlain(call, 'tasks', 'Task', call.params['id'] ?? '').id;
  const fields = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how !== 'delete') requireFields(fields, ['staffId']);
  const matterId = fields['matterId'];
  for (const name of ['staffId', 'matterId']) {
    const value = fields[name];
    if (typeof value === 'string' && !UUID.test(value)) refuseField(name, `The value '${value}' is not a valid GUID.`);
  }
  if (how !== 'delete' && fields['isCompleted'] === true && text(fields['completedByStaffId']) === null) {
    refuseField('completedByStaffId', 'The completedByStaffId field is required for a completed task.');
  }
  const staffIds = ['staffId', 'completedByStaffId'].flatMap((name) => text(fields[name]) ?? []);
  const lateError = latePlainError(call, [...staffIds, ...texts(fields['assigneeIds'])], text(matterId));
  const input: PlainInput = { resource: 'tasks', matterId: null, how, fields };
  return writeLater(call, {
    operation: 'plain.write',
    resourceName: 'Task',
    id,
    path: `tasks/${id}`,
    input,
    lateError,
  });
}

/** `staffId` is never read back; people and matter are Links. */
export function taskView(task: PlainRecord, links: Links): Record<string, unknown> {
  const { body } = task;
  const staff = (name: string, rel: string): Link | null => {
    const id = text(body[name]);
    return id === null ? null : links.staff(id, rel);
  };
  const matterId = text(body['matterId']);
  const dueDateOnly = text(body['dueDateOnly']);
  return {
    id: task.id,
    href: links.href(`tasks/${task.id}`) ?? undefined,
    method: links.isForWebhooks() ? undefined : 'GET',
    matter: matterId === null ? null : links.to(`matters/${matterId}`, matterId, 'Matter'),
    createdBy: staff('staffId', 'CreatedBy'),
    completedBy: staff('completedByStaffId', 'CompletedBy'),
    lastUpdatedBy: staff('staffId', 'LastUpdatedBy'),
    assignees: texts(body['assigneeIds']).map((id) => links.staff(id, 'Assignee')),
    subTasks: (task.childIds ?? []).map((id) => links.to(`tasks/${task.id}/subtasks/${id}`, id, 'SubTask')),
    subject: body['subject'] ?? null,
    note: body['note'] ?? null,
    categories: texts(body['categories']),
    dueDate: body['dueDate'] ?? null,
    dueDateOnly: dueDateOnly === null ? null : `${dueDateOnly.slice(0, 10)}T00:00:00`,
    completedDate: body['completedDate'] ?? null,
    completedDateOnly: body['completedDateOnly'] ?? null,
    createdDate: task.createdAt,
    createdDateOnly: `${task.createdAt.slice(0, 10)}T00:00:00`,
    isCompleted: body['isCompleted'] === true,
    isDeleted: task.isDeleted,
    lastUpdated: BigInt(task.lastUpdated),
    duration: body['duration'] ?? null,
  };
}
