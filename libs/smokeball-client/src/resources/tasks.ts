import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { acceptedSchema, createdSchema, type Created } from '../wire/link';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { taskSchema, taskWriteSchema, type Task, type TaskWrite } from '../wire/task';
import { secondsIso } from './date-filter';
import { pageQuery } from './paging';

export interface TaskFilter extends PageRequest {
  readonly matterId?: string;
  readonly isCompleted?: boolean;
  readonly lastUpdated?: Date;
}

/** Things to do for staff, with or without a matter. docs/smokeball-api.md#staff */
export class TasksResource {
  constructor(private readonly transport: SmokeballTransport) {}

  list(filter: TaskFilter, context: CallContext): Promise<CallResult<Page<Task>>> {
    const query = {
      ...pageQuery(filter),
      MatterId: filter.matterId,
      IsCompleted: filter.isCompleted,
      LastUpdated: filter.lastUpdated === undefined ? undefined : secondsIso(filter.lastUpdated),
    };
    return this.transport.call(
      { method: 'GET', route: '/tasks', query, answer: pageSchema(taskSchema, filter) },
      context,
    );
  }

  get(taskId: string, context: CallContext): Promise<CallResult<Task>> {
    return this.transport.call({ ...one('GET', taskId), answer: taskSchema }, context);
  }

  create(task: TaskWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: taskWriteSchema, value: task };
    return this.transport.call({ method: 'POST', route: '/tasks', body, answer: createdSchema }, context);
  }

  /** Replaces everything: what is left out is cleared. */
  update(taskId: string, task: TaskWrite, context: CallContext): Promise<CallResult<void>> {
    const body = { schema: taskWriteSchema, value: task };
    return this.transport.call({ ...one('PUT', taskId), body, answer: acceptedSchema }, context);
  }

  remove(taskId: string, context: CallContext): Promise<CallResult<void>> {
    return this.transport.call({ ...one('DELETE', taskId), answer: acceptedSchema }, context);
  }
}

function one<M extends 'GET' | 'PUT' | 'DELETE'>(method: M, id: string) {
  return { method, route: '/tasks/{id}', path: { id }, uuids: ['id'] };
}
