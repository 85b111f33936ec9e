import { notSettled, settled } from '../finding';
import type { Probe } from '../probe';

/** How long an access token lives, and whether a refresh brings a new refresh token. */
export const accessToken: Probe = {
  id: 'access-token',
  question: 'How long does an access token live, and does a refresh change the refresh token?',
  needs: [],
  ask: async ({ token }) => {
    if (token.lifetimeS === null)
      return notSettled('The token does not say when it ends.', 'Sign in with the browser instead.');
    const name = token.kind === 'client-credentials' ? 'client_credentials_token_s' : 'access_token_s';
    const lifetime = { [name]: token.lifetimeS };
    const lives = `It lives for ${token.lifetimeS} s`;
    const refreshed = token.showsRefreshToken ? await token.refresh?.() : undefined;
    if (refreshed?.works !== true) {
      return settled(`${lives}. Of the refresh token nothing is known.`, 'read from the token.', lifetime);
    }
    const rotates = refreshed.givesNewRefreshToken;
    return settled(
      `${lives}; a refresh ${rotates ? 'gives a new refresh token' : 'keeps the refresh token'}.`,
      'read from the token, and refreshed once.',
      { ...lifetime, rotate_refresh_tokens: rotates },
    );
  },
};
