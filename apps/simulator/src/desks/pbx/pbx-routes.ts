import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { FormError } from '../form-error';
import { NotFoundError } from '../not-found-error';
import { jsonBody } from '../request-body';
import { callForm, cdrForm, consultForm, transferForm } from './call-form';
import type { PbxDesk } from './pbx-desk';
import type { PbxTenants } from './pbx-tenants';
import { tenantIn } from './tenant-in';

/**
 * `/pbx/api/…`: the phones for their page and for tests, of the tenant in `?tenant=`. `POST /pbx/api/call` answers with the call, one
 * outcome per phone, and for convenience the first phone's `status`, `answer` and `pop` at the top. `POST /pbx/api/consult` asks a
 * colleague before an attended transfer; `POST /pbx/api/transfer` hands the call over.
 */
export function pbxRoutes(scope: FastifyInstance, tenants: PbxTenants): void {
  const deskOf = (request: FastifyRequest): PbxDesk => {
    const id = tenantIn(request);
    if (id !== undefined && tenants.find(id) === undefined) throw new NotFoundError('PBX tenant');
    return tenants.office(id).desk;
  };

  scope.get('/pbx/api/calls', (request) => ({ calls: deskOf(request).list() }));

  scope.get('/pbx/api/agents', (request) => {
    const { agentPages } = deskOf(request);
    const extensions = String((request.query as { extensions?: string }).extensions ?? '').split(',');
    const open = extensions.map((extension) => [extension, agentPages.seen(extension)] as const);
    return { agents: Object.fromEntries(open.filter(([, page]) => page !== undefined)) };
  });

  scope.post('/pbx/api/call', async (request) => {
    const { call, outcomes } = await deskOf(request).move(read(callForm, jsonBody(request)));
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

  scope.post('/pbx/api/consult', async (request) => ({
    call: await deskOf(request).consult(read(consultForm, jsonBody(request))),
  }));

  scope.post('/pbx/api/transfer', async (request) => ({
    call: await deskOf(request).transfer(read(transferForm, jsonBody(request))),
  }));

  scope.post('/pbx/api/cdr', async (request) => {
    const call = await deskOf(request).sendRecords(read(cdrForm, jsonBody(request)));
    return { call, records: call.records };
  });
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw FormError.of(parsed.error);
  return parsed.data;
}
