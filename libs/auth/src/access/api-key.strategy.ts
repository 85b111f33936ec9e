import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ApiError, Database, hashToken } from '@matterline/platform';
import type { Scope } from '@matterline/contracts';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import type { Caller } from './policy';

interface FoundKey {
  readonly id: string;
  readonly firm_id: string | null;
  readonly kind: 'firm' | 'platform';
  readonly scopes: Scope[];
}

/** Service keys, sent as `X-Api-Key`. Source: docs/http-api.md#service-api. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  constructor(private readonly database: Database) {
    super();
  }

  async validate(request: FastifyRequest): Promise<Caller | false> {
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string' || key.length > 200) return false;
    const [found] = await this.database.directory<FoundKey>('find_api_key($1)', [hashToken(key)]);
    if (!found) return false;
    const base = { role: null, userId: null, scopes: found.scopes, actor: `key:${found.id}` };
    if (found.firm_id !== null) return { ...base, kind: 'key', firmId: found.firm_id };
    return { ...base, kind: 'platform', firmId: await this.namedFirm(request) };
  }

  private async namedFirm(request: FastifyRequest): Promise<string> {
    const name = request.headers['x-casehug-firm-id'];
    if (typeof name !== 'string' || name === '') {
      throw ApiError.validation([{ field: 'X-Casehug-Firm-Id', message: 'is required with a platform key' }]);
    }
    const [firm] = await this.database.directory<{ firm_id: string }>('find_firm($1)', [name]);
    if (!firm) throw ApiError.notFound('firm');
    return firm.firm_id;
  }
}
