/** Seconds from the token's issue to its end, as its claims say; null when it has none that can be read. */
export function tokenLifetimeS(accessToken: string): number | null {
  try {
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown;
    const { iat, exp } = claims as { readonly iat?: unknown; readonly exp?: unknown };
    return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? exp - iat : null;
  } catch {
    return null;
  }
}
