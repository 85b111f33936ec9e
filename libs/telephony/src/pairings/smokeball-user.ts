import type { CallContext, SmokeballClient } from '@matterline/smokeball-client';
import { readAccessTokenClaims } from '@matterline/smokeball-client';

export interface SmokeballUser {
  readonly userId: string | null;
  /** Null when Smokeball would not say. */
  readonly email: string | null;
  /** The Smokeball account that the user belongs to; null when Smokeball would not say. */
  readonly accountId: string | null;
}

const TIMEOUT_MS = 8_000;

/** Whose token this is: by its claims, else through the user, else through the staff list. Source: docs/telephony.md#pairing. */
export async function readSmokeballUser(
  client: SmokeballClient,
  accessToken: string,
  firmId: string,
): Promise<SmokeballUser> {
  const context: CallContext = { lane: 'person', firmId, timeoutMs: TIMEOUT_MS };
  const claims = readAccessTokenClaims(accessToken);
  const userId = claims.username ?? claims.sub ?? null;
  const firm = await client.firm.get(context);
  const email = claims.email ?? (userId === null ? null : await emailOf(client, userId, context));
  return { userId, email: email?.trim() || null, accountId: firm.ok ? firm.data.id : null };
}

async function emailOf(client: SmokeballClient, userId: string, context: CallContext): Promise<string | null> {
  const user = await client.users.get(userId, context);
  if (user.ok && user.data.email) return user.data.email;
  const firmUsers = await client.firmUsers.list(context);
  if (!firmUsers.ok) return null;
  const staffId = firmUsers.data.find((one) => (one.userId ?? one.id)?.toLowerCase() === userId.toLowerCase())?.staffId;
  if (!staffId) return null;
  const staff = await client.staff.get(staffId, context);
  return staff.ok ? (staff.data.email ?? null) : null;
}
