export interface LineAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; an empty object where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Speaks to a PBX tenant's addresses as a PBX does. */
export class TestPbx {
  constructor(
    private readonly url: string,
    readonly tenantId: string,
    readonly tenantKey: string,
  ) {}

  at(path: string): string {
    return `${this.url}/api/v1/vodia/${this.tenantId}${path}`;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<LineAnswer> {
    const isRaw = typeof body === 'string';
    return await read(
      fetch(this.at(path), {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${this.tenantKey}`,
          ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : isRaw ? body : JSON.stringify(body),
      }),
    );
  }

  async event(event: Record<string, unknown>): Promise<LineAnswer> {
    return await this.send('POST', '/call-events', event);
  }

  /** Walks through a pairing as the browser would; gives the page that it ends on. */
  async pair(extension: string, code = 'a-code'): Promise<LineAnswer> {
    const started = await this.send('GET', `/pair/start?extension=${extension}`);
    const state = new URL(started.headers.get('location') ?? 'http://none').searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code, state });
    return await read(
      fetch(`${this.url}/api/v1/integrations/smokeball/callback?${query.toString()}`, { redirect: 'manual' }),
    );
  }
}

export async function read(answer: Promise<Response>): Promise<LineAnswer> {
  const response = await answer;
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): LineAnswer['body'] {
  try {
    return JSON.parse(text) as LineAnswer['body'];
  } catch {
    return {};
  }
}
