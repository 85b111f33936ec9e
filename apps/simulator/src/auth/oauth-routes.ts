import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openFault } from '../gateway/apply-fault';
import type { Tenant } from '../model/tenant';
import type { UserRecord } from '../model/records';
import type { Firm } from '../model/firm';
import type { World } from '../world';
import { checkAuthorizeRequest, redirectTo, type AuthorizeRequest } from './authorize-request';
import { consentPage, messagePage, PAGE_HEADERS } from './consent-page';
import { revokeGrant } from './grants';
import { answerTokenRequest } from './token-endpoint';

type Handler = (call: OAuthCall) => FastifyReply;

interface OAuthCall {
  readonly world: World;
  readonly tenant: Tenant;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: URLSearchParams;
}

/** Mounts `/{tenant}/auth/…`: the pages and endpoints of the OAuth server, recorded and open to faults. */
export function registerOAuthRoutes(app: FastifyInstance, world: World): void {
  const route = (method: 'GET' | 'POST', path: string, handler: Handler): void => {
    app.route<{ Params: { tenant: string } }>({
      method,
      url: `/:tenant/auth${path}`,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const tenant = world.findTenant(request.params.tenant);
        if (tenant === undefined) return reply.code(404).send({ message: 'Not Found' });
        const fault = await openFault(world, request, reply, tenant.info.name, method, path);
        if (fault.isAnswered) return reply;
        const query = new URLSearchParams(request.url.split('?')[1] ?? '');
        const sent = handler({ world, tenant, request, reply, query });
        return sent;
      },
    });
  };
  route('GET', '/oauth2/authorize', showConsent);
  route('POST', '/oauth2/authorize', decide);
  route('POST', '/oauth2/token', token);
  route('POST', '/oauth2/revoke', revoke);
  route('GET', '/oauth2/logout', logout);
  route('GET', '/logout', logout);
  route('GET', '/.well-known/jwks.json', (call) =>
    call.reply.send({ keys: [call.world.accessTokens.publicKey(call.tenant)] }),
  );
}

function showConsent(call: OAuthCall): FastifyReply {
  const check = checkAuthorizeRequest(call.tenant, call.query, !call.world.isOff('authorizeChecks'));
  if (check.outcome === 'page')
    return html(call.reply, 400, messagePage('Smokeball cannot continue', check.error, check.advice));
  if (check.outcome === 'redirect') return call.reply.redirect(check.to, 302);
  const switches = call.world.switches();
  if (switches.auto_approve) {
    const email = check.request.loginHint ?? switches.auto_approve_email;
    const found = email === null ? firstUser(call.tenant) : call.tenant.userByEmail(email);
    if (found !== undefined) return approve(call, check.request, found);
  }
  return html(call.reply, 200, consentPage(call.tenant, check.request, call.request.url));
}

function decide(call: OAuthCall): FastifyReply {
  const check = checkAuthorizeRequest(call.tenant, call.query, !call.world.isOff('authorizeChecks'));
  if (check.outcome === 'page')
    return html(call.reply, 400, messagePage('Smokeball cannot continue', check.error, check.advice));
  if (check.outcome === 'redirect') return call.reply.redirect(check.to, 302);
  const form = formOf(call.request);
  const { redirectUri, state } = check.request;
  if (form?.get('decision') === 'deny') {
    return call.reply.redirect(redirectTo(redirectUri, { error: 'access_denied', state }), 302);
  }
  const email = form?.get('email') ?? '';
  const found = call.tenant.userByEmail(email);
  if (found === undefined || found.user.isFormerUser || found.user.password !== form?.get('password')) {
    const page = consentPage(call.tenant, check.request, call.request.url, {
      error: 'The e-mail address or the password is not right.',
      email,
    });
    return html(call.reply, 401, page);
  }
  return approve(call, check.request, found);
}

function approve(
  call: OAuthCall,
  request: AuthorizeRequest,
  who: { readonly firm: Firm; readonly user: UserRecord },
): FastifyReply {
  const { world, tenant } = call;
  const code = world.random.uuid();
  tenant.codes.put(code, {
    code,
    clientId: request.app.client_id,
    redirectUri: request.redirectUri,
    userId: who.user.id,
    accountId: who.firm.accountId,
    challenge: request.challenge,
    scopes: request.scopes,
    expiresAtMs: world.clock.now() + world.switches().code_ttl_s * 1000,
  });
  return call.reply.redirect(redirectTo(request.redirectUri, { code, state: request.state }), 302);
}

function token(call: OAuthCall): FastifyReply {
  const form = formOf(call.request);
  if (form === undefined) return call.reply.code(errorStatus(call)).send({ error: 'invalid_request' });
  const answer = answerTokenRequest(call.world, call.tenant, form, call.request.headers.authorization);
  call.request.recorded.clientId = answer.clientId;
  void call.reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
  return call.reply.code(answer.isError ? errorStatus(call) : 200).send(answer.body);
}

/** Errors of the token endpoint are 400 whatever is wrong, a secret too. */
function errorStatus({ world }: OAuthCall): number {
  return world.isOff('tokenErrors') ? 401 : 400;
}

function revoke(call: OAuthCall): FastifyReply {
  const grantId = call.tenant.grantByRefreshToken.get(formOf(call.request)?.get('token') ?? '');
  const grant = grantId === undefined ? undefined : call.tenant.grants.get(grantId);
  if (grant !== undefined) revokeGrant(call.world, call.tenant, grant);
  return call.reply.code(200).send('');
}

function logout(call: OAuthCall): FastifyReply {
  const app = call.tenant.apps.get(call.query.get('client_id') ?? '');
  const back = call.query.get('logout_uri') ?? call.query.get('redirect_uri');
  const isKnown = back !== null && app !== undefined && [...app.redirect_uris, ...app.logout_uris].includes(back);
  if (isKnown && call.query.has('logout_uri')) return call.reply.redirect(back, 302);
  return html(call.reply, 200, messagePage('Signed out', 'You are signed out of Smokeball.'));
}

function firstUser(tenant: Tenant): { readonly firm: Firm; readonly user: UserRecord } | undefined {
  for (const firm of tenant.firms.values()) {
    for (const user of firm.users.values()) if (!user.isFormerUser) return { firm, user };
  }
  return undefined;
}

/** Only `application/x-www-form-urlencoded` is a form. */
function formOf(request: FastifyRequest): URLSearchParams | undefined {
  const type = request.recorded.contentType ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return undefined;
  return new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
}

function html(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).header('content-type', 'text/html; charset=utf-8').send(text);
}
