import { one, type RouteDescription, text } from '../route-description';

/** Source: docs/http-api.md#health. */
export const HEALTH_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'GET /health/live': {
    id: 'getLiveness',
    tag: 'health',
    summary: 'The process is up',
    answers: { 200: one('Alive', 'It is.') },
    isFixed: true,
  },
  'GET /health/ready': {
    id: 'getReadiness',
    tag: 'health',
    summary: 'Database and queue answer',
    description: 'Else 503, with the failing parts in `details.failing`.',
    answers: { 200: one('Ready', 'They do.') },
  },
  'GET /metrics': {
    id: 'getMetrics',
    tag: 'health',
    summary: 'Prometheus text',
    description:
      'With METRICS_TOKEN behind that bearer token; with METRICS_PORT on that port only; with neither, to callers on this machine.',
    security: ['metrics_token'],
    answers: { 200: text('text/plain', 'The numbers.') },
    errors: ['unauthorized', 'not_found'],
  },
};
