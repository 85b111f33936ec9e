import type { Tenant } from '../model/tenant';
import type { World } from '../world';
import { refreshTokenS } from './lifetimes';
import type { GrantRecord } from './records';

/** A new consent. Its refresh token ends a fixed time after this moment, whatever use is made of it. */
export function openGrant(
  world: World,
  tenant: Tenant,
  who: { readonly clientId: string; readonly userId: string | null; readonly accountId: string | null },
): GrantRecord {
  const nowMs = world.clock.now();
  const hasRefresh = who.userId !== null;
  const refreshExpiresAtMs = nowMs + refreshTokenS(world) * 1000;
  const grant: GrantRecord = {
    id: world.random.uuid(),
    ...who,
    consentAtMs: nowMs,
    refreshToken: hasRefresh ? newRefreshToken(world) : null,
    previousRefreshToken: null,
    previousUntilMs: 0,
    refreshExpiresAtMs,
    revoked: false,
    epoch: 0,
  };
  tenant.grants.put(grant.id, grant);
  if (hasRefresh) {
    const data = { tenant: tenant.info.name, grantId: grant.id };
    world.scheduler.addAt(tenant.info.name, 'refresh-expiry', refreshExpiresAtMs, data);
  }
  return grant;
}

export function newRefreshToken(world: World): string {
  return `${world.random.hex(32)}.${world.random.hex(96)}`;
}

/** Kills a consent's tokens and, as Smokeball does, the webhook subscriptions that were made with it. */
export function revokeGrant(world: World, tenant: Tenant, grant: GrantRecord): void {
  tenant.grants.put(grant.id, { ...grant, revoked: true, refreshToken: null, previousRefreshToken: null });
  dropSubscriptions(world, tenant, (subscription) => subscription.grantId === grant.id);
}

/** The refresh token has run out: access tokens live on, subscriptions do not. */
export function expireRefresh(world: World, tenant: Tenant, grantId: string): void {
  const grant = tenant.grants.get(grantId);
  if (grant === undefined || grant.revoked) return;
  tenant.grants.put(grant.id, { ...grant, refreshToken: null, previousRefreshToken: null });
  dropSubscriptions(world, tenant, (subscription) => subscription.grantId === grantId);
}

export function dropSubscriptions(
  world: World,
  tenant: Tenant,
  which: (subscription: { readonly grantId: string; readonly clientId: string }) => boolean,
): void {
  if (world.isOff('subscriptionsEnd')) return;
  for (const subscription of [...tenant.subscriptions.values()]) {
    if (which(subscription)) tenant.subscriptions.delete(subscription.id);
  }
}
