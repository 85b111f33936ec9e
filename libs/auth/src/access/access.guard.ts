import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Role } from '@matterline/contracts';
import { ApiError } from '@matterline/platform';
import { type Caller, type RequestWithCaller, ROUTE_POLICY, type RoutePolicy } from './policy';

/** Lets a request in as its route's policy says; a route without a policy lets nobody in. */
@Injectable()
export class AccessGuard extends AuthGuard(['session', 'api-key']) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.get<RoutePolicy | undefined>(ROUTE_POLICY, context.getHandler());
    if (!policy) throw new ApiError('forbidden', 'This is not permitted.');
    if ('open' in policy.allow || 'elsewhere' in policy.allow) return true;
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<RequestWithCaller & { user?: Caller }>();
    const caller = request.user;
    if (!caller) throw new ApiError('unauthorized', 'Sign in or send a valid key.');
    requireAllowed(policy, caller);
    request.access = caller;
    return true;
  }

  override handleRequest<T>(error: unknown, caller: T | false): T {
    if (error instanceof Error) throw error;
    if (!caller) throw new ApiError('unauthorized', 'Sign in or send a valid key.');
    return caller;
  }
}

const RANK: Readonly<Record<Role, number>> = { auditor: 0, support: 1, firm_admin: 2 };

function requireAllowed({ allow }: RoutePolicy, caller: Caller): void {
  if ('scope' in allow && caller.scopes.includes(allow.scope)) return;
  if ('role' in allow && caller.role !== null && RANK[caller.role] >= RANK[allow.role]) return;
  if ('session' in allow && caller.kind === 'session') return;
  throw new ApiError('forbidden', 'Your key or role does not permit this.');
}
