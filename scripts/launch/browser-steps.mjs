import { Problem } from './problem.mjs';

const LIMIT_MS = 20_000;
const MOST_REDIRECTS = 10;

/** What a browser does with pages, for a sign-in made by a script: follows redirects, keeps cookies for each site, sends forms. */
export class BrowserSteps {
  #cookies = new Map();

  /**
   * @param {string} url
   * @param {{ method?: string, headers?: Record<string, string>, body?: URLSearchParams }} [request] the headers go to the first
   *   address only: they may hold a key that no redirect target should see
   * @returns {Promise<{ url: string, status: number, text: string }>} the page at the end of the redirects
   */
  async open(url, { method = 'GET', headers = {}, body } = {}) {
    let next = { url, method, headers, body };
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await this.#send(next);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { url: next.url, status: response.status, text: await response.text() };
      }
      await response.arrayBuffer();
      next = { url: new URL(location, next.url).href, method: 'GET', headers: {} };
    }
    throw new Problem(`${url} sends from page to page without end.`);
  }

  async #send({ url, method, headers, body }) {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map();
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method,
      body,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim());
    }
    this.#cookies.set(origin, jar);
    return response;
  }
}
