import { Injectable } from '@nestjs/common';
import { Database } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PbxCaller } from './tenant-access';
import { readTenant } from './tenant-row';

/** Lets pages of the tenant's own PBX read an answer, and nobody else's (Fetch standard, CORS protocol). */
@Injectable()
export class BrowserOrigin {
  constructor(private readonly database: Database) {}

  async allow(
    { firmId, tenantId }: Pick<PbxCaller, 'firmId' | 'tenantId'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { origin } = request.headers;
    if (typeof origin !== 'string' || !URL.canParse(origin)) return;
    const { hostname, protocol } = new URL(origin);
    const tenant = await this.database.forFirm(firmId, (scope) => readTenant(scope, tenantId));
    if (protocol !== 'https:' || ![tenant.domain, ...tenant.aliases].includes(hostname)) return;
    void reply.header('Access-Control-Allow-Origin', origin).header('Vary', 'Origin');
  }

  /** Before a DELETE a browser asks first; nothing is proven yet, so only the origin is judged. */
  async preflight(tenantId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [found] = /^[\w-]{1,64}$/.test(tenantId)
      ? await this.database.directory<{ firm_id: string }>('find_tenant($1)', [tenantId])
      : [];
    if (found) await this.allow({ firmId: found.firm_id, tenantId }, request, reply);
    void reply.header('Access-Control-Allow-Methods', 'GET, DELETE').header('Access-Control-Max-Age', '600');
  }
}
