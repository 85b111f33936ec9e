import type { FastifyRequest } from 'fastify';

/** The PBX tenant that a request names with `?tenant=`; undefined means the one that was saved last. */
export function tenantIn(request: FastifyRequest): string | undefined {
  const { tenant } = request.query as { readonly tenant?: string };
  return tenant === undefined || tenant === '' ? undefined : tenant;
}
