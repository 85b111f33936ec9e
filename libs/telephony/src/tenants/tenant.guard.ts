import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiError, Clock, Database, hashToken } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';
import { type PbxCaller, type RequestWithPbx, USER_TOKEN_ALLOWED } from './tenant-access';

interface FoundTenant {
  readonly firm_id: string;
  readonly key_hash: Buffer;
  readonly next_key_hash: Buffer | null;
}

interface FoundToken {
  readonly firm_id: string;
  readonly tenant_id: string;
  readonly extension: string;
  readonly expires_at: Date;
}

const TENANT_ID = /^[\w-]{1,64}$/;
const SECRET_MAX = 300;

/** `Bearer <tenant_key>`, Basic `tenant_id:tenant_key`, or a user token where the route allows one. Source: docs/telephony.md#tenants. */
@Injectable()
export class TenantGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithPbx>();
    const { tenant_id: tenantId = '' } = request.params as { tenant_id?: string };
    const tenant = TENANT_ID.test(tenantId) ? await this.find(tenantId) : null;
    if (!tenant) throw new ApiError('unknown_tenant', 'There is no such PBX tenant.');
    const mayUseToken = this.reflector.get<boolean | undefined>(USER_TOKEN_ALLOWED, context.getHandler()) ?? false;
    const token = (request.query as { t?: unknown }).t;
    if (request.headers.authorization === undefined && mayUseToken && typeof token === 'string') {
      request.pbx = await this.byUserToken(tenantId, token, request);
    } else {
      requireKey(tenantId, tenant, request);
      request.pbx = { tenantId, firmId: tenant.firm_id, extension: null, until: null };
    }
    return true;
  }

  private async find(tenantId: string): Promise<FoundTenant | null> {
    const [tenant] = await this.database.directory<FoundTenant>('find_tenant($1)', [tenantId]);
    return tenant ?? null;
  }

  private async byUserToken(tenantId: string, token: string, request: FastifyRequest): Promise<PbxCaller> {
    const known = token.length <= SECRET_MAX;
    const [found] = known
      ? await this.database.directory<FoundToken>('find_extension_token($1)', [hashToken(token)])
      : [];
    if (!found || found.tenant_id !== tenantId || found.expires_at.getTime() <= this.clock.nowMs()) {
      throw new ApiError('bad_key', 'This link has ended. Reload the page that gave it.');
    }
    const named = namedExtension(request);
    if (named !== null && named !== found.extension)
      throw new ApiError('forbidden', 'This link belongs to another extension.');
    return { tenantId, firmId: found.firm_id, extension: found.extension, until: found.expires_at };
  }
}

function requireKey(tenantId: string, tenant: FoundTenant, request: FastifyRequest): void {
  const hash = hashToken(givenKey(tenantId, request.headers.authorization) ?? '');
  // Both are compared whatever the first one gives.
  const isCurrent = timingSafeEqual(hash, tenant.key_hash);
  const isNext = timingSafeEqual(hash, tenant.next_key_hash ?? Buffer.alloc(hash.length));
  if (!isCurrent && !(isNext && tenant.next_key_hash !== null)) throw new ApiError('bad_key', 'Send the tenant key.');
}

function givenKey(tenantId: string, header: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(header ?? '') ?? [];
  if (value.length > SECRET_MAX * 2) return null;
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return pair.slice(0, colon) === tenantId ? pair.slice(colon + 1) : null;
}

/** The extension that the address is about, in its path or its query. */
function namedExtension(request: FastifyRequest): string | null {
  const { extension: inPath } = request.params as { extension?: string };
  const { extension: inQuery } = request.query as { extension?: unknown };
  return inPath ?? (typeof inQuery === 'string' ? inQuery : null);
}
