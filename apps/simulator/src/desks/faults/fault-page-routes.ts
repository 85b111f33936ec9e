import type { FastifyInstance } from 'fastify';
import { BEHAVIOURS } from '../../control/behaviours';
import { SIGN_IN_ROUTES, STORE_ROUTES } from '../../control/fault-routes';
import { API_ROUTES } from '../../resources/api-route-list';
import { notSimulatedRoutes } from '../../resources/not-simulated';
import { NotFoundError } from '../not-found-error';
import type { SmokeballBehind } from '../smokeball-behind';

interface FaultRoute {
  /** As a fault names it. */
  readonly route: string;
  readonly area: string;
}

const SIGN_IN: readonly FaultRoute[] = SIGN_IN_ROUTES.map((route) => ({ route, area: 'Sign-in' }));
const STORE: readonly FaultRoute[] = STORE_ROUTES.map((route) => ({ route, area: 'File store' }));

/**
 * What the faults page needs besides the control plane. `GET /faults/api/routes`: everything that a fault can be laid on;
 * `GET /faults/api/connections?tenant=`: who has given which application a permission; `GET /faults/api/seed`;
 * `GET /faults/api/behaviours`: numbers and names of what the switch `off` can turn off.
 */
export function faultPageRoutes(scope: FastifyInstance, sim: SmokeballBehind): void {
  scope.get('/faults/api/routes', () => {
    const isReal = new Set(notSimulatedRoutes);
    const operations = API_ROUTES.filter((one) => !isReal.has(one)).map(({ method, template }) => {
      return { route: `${method} ${template}`, area: areaOf(template) };
    });
    return { routes: [...SIGN_IN, ...STORE, ...operations] };
  });

  scope.get('/faults/api/seed', () => ({ seed: sim.seed() }));

  scope.get('/faults/api/behaviours', () => ({
    behaviours: Object.entries(BEHAVIOURS).map(([name, number]) => ({ number, name: wordsOf(name) })),
  }));

  scope.get('/faults/api/connections', (request) => {
    const tenant = sim.findTenant(String((request.query as { readonly tenant?: string }).tenant ?? ''));
    if (tenant === undefined) throw new NotFoundError('tenant');
    const standing = [...tenant.grants.values()].filter((grant) => !grant.revoked);
    const subscriptions = [...tenant.subscriptions.values()];
    const apps = [...tenant.apps.values()].map(({ client_id: clientId }) => ({ client_id: clientId }));
    return {
      apps,
      connections: standing.map((grant) => {
        const firm = tenant.firms.get(grant.accountId ?? '');
        return {
          id: grant.id,
          client_id: grant.clientId,
          account_id: grant.accountId,
          firm: firm?.record().name ?? null,
          user: grant.userId === null ? null : (firm?.users.get(grant.userId)?.email ?? null),
          since: new Date(grant.consentAtMs).toISOString(),
          webhooks: subscriptions.filter((one) => one.grantId === grant.id).length,
        };
      }),
    };
  });
}

/** `/matters/{matterId}/documents/files` belongs to the files, `/contacts/{id}/tags` to the contacts. */
function areaOf(template: string): string {
  const [, first = '', , second = '', third = ''] = template.split('/');
  const name =
    second === 'documents' ? third || second : first === 'matters' && second !== '' ? `matters, ${second}` : first;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** `codeOnce` is `code once`. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
