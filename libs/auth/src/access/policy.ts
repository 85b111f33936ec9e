import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Role, Scope } from '@matterline/contracts';
import type { FastifyRequest } from 'fastify';

/** Who made a request, once that is known. */
export interface Caller {
  readonly kind: 'key' | 'platform' | 'session';
  readonly firmId: string;
  readonly scopes: readonly Scope[];
  readonly role: Role | null;
  readonly userId: string | null;
  /** As the audit record names them, e.g. `user:usr_…`. */
  readonly actor: string;
}

export interface RequestWithCaller extends FastifyRequest {
  access?: Caller;
}

type Allow =
  | { readonly scope: Scope }
  | { readonly role: Role }
  | { readonly session: true }
  /** Open to everyone, for the reason given. */
  | { readonly open: string }
  /** Proven by the route's own guard or signature, for the reason given. */
  | { readonly elsewhere: string };

/** What every route says about itself; a test walks all routes and fails where it is missing. */
export interface RoutePolicy {
  readonly allow: Allow;
  /** The action it writes into the audit record, or why it writes none. */
  readonly audit: string | { readonly none: string };
}

export const ROUTE_POLICY = 'matterline:route-policy';

/** Declares who may call a route and what it audits. */
export const Policy = (policy: RoutePolicy): MethodDecorator => SetMetadata(ROUTE_POLICY, policy);

/** The caller that the access guard found. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const caller = context.switchToHttp().getRequest<RequestWithCaller>().access;
  if (!caller) throw new Error('this route has no caller: its policy lets everyone in');
  return caller;
});
