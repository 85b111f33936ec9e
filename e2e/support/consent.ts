import { type Answer, call } from './http';

export interface SmokeballLogin {
  readonly email: string;
  readonly password: string;
}

/**
 * What a browser does on the simulated Smokeball's consent page: signs in, allows (or denies), and is sent back.
 * @returns the address, with code and state, that Smokeball sends the browser to
 */
export async function consent(
  authorizationUrl: string,
  login: SmokeballLogin,
  decision: 'allow' | 'deny' = 'allow',
): Promise<string> {
  const page = await call('GET', authorizationUrl, { headers: { accept: 'text/html' } });
  const action = /<form[^>]*action="([^"]*)"/.exec(page.text)?.[1]?.replace(/&#(\d+);|&amp;/g, decode);
  if (action === undefined) throw new Error(`the consent page answered ${page.status}: ${page.text.slice(0, 500)}`);
  const sent: Answer = await call('POST', new URL(action, authorizationUrl).href, {
    raw: new URLSearchParams({ ...login, decision }),
  });
  const location = sent.headers.get('location');
  if (location === null) throw new Error(`allowing answered ${sent.status}: ${sent.text.slice(0, 500)}`);
  return new URL(location, authorizationUrl).href;
}

const decode = (_whole: string, code: string | undefined): string =>
  code === undefined ? '&' : String.fromCodePoint(Number(code));
