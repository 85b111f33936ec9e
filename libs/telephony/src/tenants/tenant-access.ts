import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who calls a PBX route: the PBX with its tenant's key, or a browser with a token of one extension. */
export interface PbxCaller {
  readonly tenantId: string;
  readonly firmId: string;
  /** The extension that a user token is bound to; null for the tenant key. */
  readonly extension: string | null;
  /** When the user token ends; null for the tenant key. */
  readonly until: Date | null;
}

export interface RequestWithPbx extends FastifyRequest {
  pbx?: PbxCaller;
}

export const USER_TOKEN_ALLOWED = 'matterline:user-token';

/** The route also lets in a browser with a user token in the query member `t`. */
export const UserTokenAllowed = (): MethodDecorator => SetMetadata(USER_TOKEN_ALLOWED, true);

/** The caller that the tenant guard found. */
export const Pbx = createParamDecorator((_data: unknown, context: ExecutionContext): PbxCaller => {
  const caller = context.switchToHttp().getRequest<RequestWithPbx>().pbx;
  if (!caller) throw new Error('this route has no tenant guard');
  return caller;
});
