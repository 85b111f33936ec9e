import type { World } from '../world';

const DAY_S = 86_400;
const FOR_EVER_S = 3650 * DAY_S;

export function accessTokenS(world: World): number {
  return lifetimeS(world, world.switches().access_token_s);
}

export function clientCredentialsTokenS(world: World): number {
  return lifetimeS(world, world.switches().client_credentials_token_s);
}

/** From the consent on, whatever use is made of the token. */
export function refreshTokenS(world: World): number {
  return lifetimeS(world, world.switches().refresh_token_days * DAY_S);
}

function lifetimeS(world: World, seconds: number): number {
  return world.isOff('tokensEnd') ? FOR_EVER_S : seconds;
}
