import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import {
  buildAuthorizeUrl,
  createPkce,
  exchangeCode,
  type OAuthResult,
  type SmokeballHosts,
} from '@matterline/smokeball-client';
import { Interrupted, ProbeFailure } from '../probe-failure';
import type { Application } from './application';

const PATIENCE_MS = 10 * 60_000;

export interface BrowserSignIn {
  readonly hosts: SmokeballHosts;
  readonly application: Application;
  readonly port: number;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** Where Smokeball sends the browser; has to be registered with the application, to the letter. */
export const loopbackRedirect = (port: number) => `http://localhost:${port}/callback`;

/** A person signs in with a browser on this machine (RFC 8252 section 7.3, RFC 7636). @throws ProbeFailure, Interrupted */
export async function signInWithBrowser(options: BrowserSignIn): Promise<OAuthResult> {
  const { hosts, application, port, say } = options;
  const redirectUri = loopbackRedirect(port);
  const [state, pkce] = [randomBytes(24).toString('base64url'), createPkce()];
  const { clientId, clientSecret } = application;
  const url = buildAuthorizeUrl({ hosts, clientId, redirectUri, state, codeChallenge: pkce.challenge });
  const code = await codeFromBrowser(options, state, () => {
    say(
      `Sign in to Smokeball. The application needs the redirect address ${redirectUri}. Open this in a browser here:`,
    );
    say(url);
  });
  return await exchangeCode({ hosts, clientId, clientSecret, redirectUri, code, codeVerifier: pkce.verifier });
}

async function codeFromBrowser(options: BrowserSignIn, state: string, onReady: () => void): Promise<string> {
  const { port, signal } = options;
  let server: Server | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  try {
    return await new Promise<string>((resolve, reject) => {
      stop = () => reject(new Interrupted());
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) return stop();
      timer = setTimeout(
        () => reject(new ProbeFailure('Nobody signed in within ten minutes. Run again.')),
        PATIENCE_MS,
      );
      server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        const isOurs = request.method === 'GET' && pathname === '/callback' && searchParams.get('state') === state;
        response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
        response.end(isOurs ? 'Done. You may close this page.' : 'This is not the sign-in that was started.');
        if (!isOurs) return;
        const code = searchParams.get('code');
        if (code) resolve(code);
        else reject(new ProbeFailure('Smokeball sent no sign-in back: it was refused there. Run again and agree.'));
      });
      server.once('error', () =>
        reject(new ProbeFailure(`Port ${port} is taken on this machine. Choose another with --sign-in-port.`)),
      );
      server.listen(port, '127.0.0.1', onReady);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    server?.close();
    server?.closeIdleConnections();
  }
}
