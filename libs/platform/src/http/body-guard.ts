import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error';

const ANY_BODY = 'matterline:any-body';

/** For routes that judge the raw bytes themselves (webhooks, the PBX, multipart). */
export const AnyBody = (): MethodDecorator & ClassDecorator => SetMetadata(ANY_BODY, true);

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/** Refuses what is not JSON, after the caller is known. Runs after the access guard. */
@Injectable()
export class BodyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!WITH_BODY.has(request.method)) return true;
    if (this.reflector.getAllAndOverride<boolean>(ANY_BODY, [context.getHandler(), context.getClass()])) return true;
    const type = request.headers['content-type'];
    if (type === undefined && !request.rawBody?.length) return true;
    if (!/^application\/([\w.+-]+\+)?json\b/i.test(type ?? '')) {
      throw new ApiError('unsupported_media_type', 'Send the body as application/json.');
    }
    if (request.bodyUnreadable) throw new ApiError('bad_request', 'The body is not valid JSON.');
    return true;
  }
}
