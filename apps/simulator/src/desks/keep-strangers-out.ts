import type { FastifyInstance } from 'fastify';
import { outsiderIn, strangerIn, type OwnAddress } from '../http/stranger';

const SETTINGS = '/_sim/';
/** What the pages call, and with it Matterline and a firm's data. Matterline itself calls CaseHug's API and the receiver. */
const PAGES_API = /^\/((casehug|pbx|faults)\/api|:tenant\/app-api)\//;
const CASEHUG_API = '/casehug/api/v1/';

/** Neither settings nor the pages' own API have a password: pages of other sites are refused, and settings stay on this machine. */
export function keepStrangersOut(scope: FastifyInstance, own: OwnAddress): void {
  scope.addHook('onRequest', async (request, reply) => {
    // The route's own path: the one in the request may be written with percent signs.
    const path = request.routeOptions.url ?? '';
    const isForPages = PAGES_API.test(path) && !path.startsWith(CASEHUG_API);
    if (!path.startsWith(SETTINGS) && !isForPages) return;
    const message = isForPages ? strangerIn(request, own) : outsiderIn(request, own);
    if (message === undefined) return;
    await reply.code(403).send({ error: { code: 'forbidden', message, details: {} } });
  });
}
