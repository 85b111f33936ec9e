import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ROLE_SCOPES } from '@matterline/contracts';
import { ApiError, equalInConstantTime, hashToken } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { SESSION_COOKIE, Sessions } from '../users/sessions';
import type { Caller } from './policy';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The console's session cookie; everything but reading also needs the `csrf` cookie's value in `X-CSRF-Token`. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(private readonly sessions: Sessions) {
    super();
  }

  async validate(request: FastifyRequest): Promise<Caller | false> {
    // A program that sends a key is judged by its key, whatever cookies it carries.
    if (request.headers['x-api-key'] !== undefined) return false;
    const token = request.cookies[SESSION_COOKIE];
    if (!token) return false;
    const session = await this.sessions.find(token);
    if (!session) return false;
    if (!READS.has(request.method)) this.requireCsrf(request, session.csrfHash);
    return {
      kind: 'session',
      firmId: session.firmId,
      scopes: ROLE_SCOPES[session.role],
      role: session.role,
      userId: session.userId,
      actor: `user:${session.userId}`,
    };
  }

  private requireCsrf(request: FastifyRequest, expected: Buffer): void {
    const given = request.headers['x-csrf-token'];
    const hash = hashToken(typeof given === 'string' ? given : '').toString('hex');
    if (equalInConstantTime(hash, expected.toString('hex'))) return;
    throw new ApiError('csrf', 'The page is out of date. Reload it and try again.');
  }
}
