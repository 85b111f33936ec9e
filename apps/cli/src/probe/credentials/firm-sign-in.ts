import type { INestApplicationContext } from '@nestjs/common';
import { ConnectionTokens, Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { AccessTokenUnavailable } from '@matterline/smokeball-client';
import { ProbeFailure } from '../probe-failure';
import type { ProbeOptions } from '../probe-options';
import type { SignedIn } from './signed-in';
import type { RefreshOutcome } from './token-facts';
import { tokenLifetimeS } from './token-lifetime';

/** The sign-in of a firm that Matterline is connected with: its stored tokens, and the rate gate that servers share. @throws ProbeFailure */
export async function signInAsFirm(app: INestApplicationContext, options: ProbeOptions): Promise<SignedIn> {
  const reference = options.firm ?? '';
  const firmId = await app.get(Firms).find(reference);
  if (firmId === null) throw new ProbeFailure(`There is no firm ${reference}. See the firms with: status`);
  const access = app.get(SmokeballAccess);
  const place = await access.place(firmId);
  if (place === null) throw new ProbeFailure('The firm has no Smokeball credentials. Set them with: firm:set');
  const { region, environment, hosts } = place;
  mustMatch('region', options.region, region);
  mustMatch('environment', options.environment, environment);
  const tokens = app.get(ConnectionTokens);
  const connection = await app.get(Database).forFirm(firmId, readConnection);
  return {
    region,
    environment,
    hosts,
    clientId: place.app.clientId,
    apiKey: place.app.apiKey,
    firmId,
    gate: access.gate(place),
    tokens: { accessToken: () => tokens.accessToken(firmId, place), renew: () => tokens.renew(firmId, place) },
    facts: {
      kind: 'code',
      lifetimeS: tokenLifetimeS(await firstToken(() => tokens.accessToken(firmId, place))),
      consentedAt: connection?.connected_at ?? null,
      showsRefreshToken: false,
      refresh: async (): Promise<RefreshOutcome> => {
        if ((await tokens.renew(firmId, place)) !== null) return { works: true, givesNewRefreshToken: false };
        const after = await app.get(Database).forFirm(firmId, readConnection);
        return { works: false, reason: after?.state === 'needs_reauth' ? 'invalid_grant' : 'unreachable' };
      },
    },
    close: () => app.close(),
  };
}

function mustMatch(name: string, asked: string | null, real: string): void {
  if (asked === null || asked === real) return;
  throw new ProbeFailure(`The firm is in ${name} ${real}, not ${asked}. Leave out --${name}, or name another firm.`);
}

async function firstToken(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AccessTokenUnavailable) {
      throw new ProbeFailure(
        'The firm is not connected with Smokeball, or has to connect again: do so in the console.',
      );
    }
    throw new ProbeFailure(
      'Smokeball’s token address gave no token. Check the network and …_AUTH_URL, then run again.',
    );
  }
}
