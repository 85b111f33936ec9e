import { API_ROUTES } from '../resources/api-route-list';
import { routeKey } from './fault-board';

/** Sign-in and sign-out, as a fault names them. */
export const SIGN_IN_ROUTES: readonly string[] = [
  ...['POST /oauth2/token', 'GET /oauth2/authorize', 'POST /oauth2/authorize', 'POST /oauth2/revoke'],
  ...['GET /oauth2/logout', 'GET /logout'],
];

/** The bytes of files, as a fault names them. */
export const STORE_ROUTES: readonly string[] = ['PUT /s3', 'GET /s3'];

const KEYS = new Set(
  [
    ...API_ROUTES.map(({ method, template }) => `${method} ${template}`),
    ...SIGN_IN_ROUTES,
    ...STORE_ROUTES,
    'GET /.well-known/jwks.json',
    '*',
  ].map(routeKey),
);

/** Can a fault on this route ever fire? The names inside braces do not matter. */
export function isFaultRoute(route: string): boolean {
  return KEYS.has(routeKey(route));
}
