import { createHash, randomBytes } from 'node:crypto';

export interface Pkce {
  /** Kept by us until the code comes back. */
  readonly verifier: string;
  /** Sent along, S256. */
  readonly challenge: string;
}

/** A fresh proof key for one sign-in (RFC 7636): 43 characters, 256 random bits. */
export function createPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
