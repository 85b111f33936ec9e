import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { FormError } from '../form-error';
import { jsonBody } from '../request-body';
import { callForm, cdrForm, transferForm } from './call-form';
import type { PbxDesk } from './pbx-desk';

/**
 * `/pbx/api/…`: the phones for their page and for tests. `POST /pbx/api/call` answers with the call, one outcome per phone,
 * and for convenience the first phone's `status`, `answer` and `pop` at the top.
 */
export function pbxRoutes(scope: FastifyInstance, desk: PbxDesk): void {
  scope.get('/pbx/api/calls', () => ({ calls: desk.list() }));

  scope.get('/pbx/api/agents', (request) => {
    const extensions = String((request.query as { extensions?: string }).extensions ?? '').split(',');
    const open = extensions.map((extension) => [extension, desk.agentPages.seen(extension)] as const);
    return { agents: Object.fromEntries(open.filter(([, page]) => page !== undefined)) };
  });

  scope.post('/pbx/api/call', async (request) => {
    const { call, outcomes } = await desk.move(read(callForm, jsonBody(request)));
    const [first] = outcomes;
    return {
      callid: call.callid,
      status: first?.status ?? '',
      answer: first?.answer ?? null,
      pop: first?.pop ?? null,
      outcomes,
      call,
    };
  });

  scope.post('/pbx/api/transfer', async (request) => ({
    call: await desk.transfer(read(transferForm, jsonBody(request))),
  }));

  scope.post('/pbx/api/cdr', async (request) => {
    const call = await desk.sendRecords(read(cdrForm, jsonBody(request)));
    return { call, records: call.records };
  });
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw FormError.of(parsed.error);
  return parsed.data;
}
