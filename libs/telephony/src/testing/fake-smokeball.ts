import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeUser {
  readonly userId: string;
  readonly email: string;
  /** Whether the access token says the e-mail itself. */
  readonly emailInToken: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** A small Smokeball: signs in whoever it is told, searches phones as typed, and counts what it is asked. A server, not a mock. */
export class FakeSmokeball {
  contacts: Json[] = [];
  matters: Json[] = [];
  staff: Json[] = [];
  firmUsers: Json[] = [];
  accountId = 'acc-1';
  /** Who signs in next. */
  user: FakeUser = { userId: '00000000-0000-4000-8000-000000000001', email: 'tom@law.example.com', emailInToken: true };
  /** Answers every API call so, while set. */
  trouble: { readonly status: number } | { readonly delayMs: number } | null = null;
  refuseRefresh = false;
  tokenSeconds = 3600;
  readonly calls: string[] = [];
  readonly tokenForms: URLSearchParams[] = [];
  private issued = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeSmokeball> {
    const server = createServer();
    const fake = new FakeSmokeball(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void fake.answer(request, Buffer.concat(chunks).toString(), response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  called(start: string): string[] {
    return this.calls.filter((call) => call.startsWith(start));
  }

  forget(): void {
    this.calls.length = 0;
    this.tokenForms.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.calls.push(`${request.method} ${url.pathname}${decodeURIComponent(url.search)}`);
    const send = (status: number, json: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)));
    };
    if (url.pathname === '/auth/oauth2/token') return this.token(new URLSearchParams(body), send);
    if (url.pathname === '/auth/oauth2/revoke') return send(200, {});
    const { trouble } = this;
    if (trouble && 'status' in trouble) return send(trouble.status, { title: 'trouble' });
    if (trouble) await new Promise((resolve) => setTimeout(resolve, trouble.delayMs));
    return this.api(url, send);
  }

  private token(form: URLSearchParams, send: (status: number, json: unknown) => void): void {
    this.tokenForms.push(form);
    if (this.refuseRefresh && form.get('grant_type') === 'refresh_token') return send(400, { error: 'invalid_grant' });
    this.issued += 1;
    const { userId, email, emailInToken } = this.user;
    const claims = { username: userId, sub: userId, number: this.issued, ...(emailInToken ? { email } : {}) };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const accessToken = `${part({ alg: 'none' })}.${part(claims)}.x`;
    const refresh = form.get('grant_type') === 'authorization_code' ? { refresh_token: `refresh-${this.issued}` } : {};
    send(200, { access_token: accessToken, token_type: 'Bearer', expires_in: this.tokenSeconds, ...refresh });
  }

  private api(url: URL, send: (status: number, json: unknown) => void): void {
    const path = url.pathname.replace(/^\/api/, '');
    const page = (value: readonly unknown[]) => send(200, { value, size: value.length, offset: 0, limit: 500 });
    if (path === '/firm') return send(200, { id: this.accountId, name: 'Law Firm' });
    if (path === '/firmusers') return send(200, this.firmUsers);
    if (path.startsWith('/users/')) return send(200, { id: path.slice(7), userId: path.slice(7) });
    if (path.startsWith('/staff/')) return send(200, this.staff.find((one) => one['id'] === path.slice(7)) ?? {});
    if (path === '/contacts') return page(this.search(url.searchParams.get('Search') ?? ''));
    if (path !== '/matters') return send(404, { title: 'Not found' });
    const contactId = url.searchParams.get('ContactId');
    const ofContact = (matter: Json) =>
      [...ids(matter['clientIds']), ...ids(matter['otherSideIds'])].includes(contactId ?? '');
    return page(this.matters.filter((matter) => ofContact(matter)));
  }

  /** No normalising: a term is compared with the number as somebody typed it, wildcards at the ends only. */
  private search(term: string): Json[] {
    const value = term.replace(/^phone:/, '');
    const plain = value.replaceAll('*', '');
    const fits = (text: string) => {
      if (value.startsWith('*') && value.endsWith('*')) return text.includes(plain);
      return value.startsWith('*') ? text.endsWith(plain) : text === plain;
    };
    return this.contacts.filter((contact) => typedNumbers(contact).some(fits));
  }
}

const ids = (value: unknown) => (Array.isArray(value) ? (value as string[]) : []);

function typedNumbers(contact: Json): string[] {
  const kinds = ['person', 'company', 'trust'].map((kind) => contact[kind] as Json | undefined);
  const phones = kinds.flatMap((kind) => ['phone', 'phone2', 'cell'].map((field) => kind?.[field] as Json | undefined));
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return phones.flatMap((phone) => {
    const number = text(phone?.['number']);
    return number === '' ? [] : [number, `${text(phone?.['areaCode'])}${number}`];
  });
}
