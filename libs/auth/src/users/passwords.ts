import { Algorithm, hash, verify } from '@node-rs/argon2';

export { PASSWORD_MAX, PASSWORD_MIN } from '@matterline/contracts';

/** OWASP's password storage guidance for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let decoy: Promise<string> | undefined;

export async function hashPassword(password: string): Promise<string> {
  return await hash(password, OPTIONS);
}

/** Takes as long for an address that nobody has as for a wrong password. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await decoy), password);
  return matches && stored !== null;
}
