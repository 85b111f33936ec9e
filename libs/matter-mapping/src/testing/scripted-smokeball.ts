import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
interface Seen {
  readonly method: string;
  /** Below the API's base, with its query. */
  readonly path: string;
  readonly body: Json | Json[] | null;
}
/** Answers instead of the usual; null leaves it to the usual. */
type Script = (seen: Seen, usual: () => void, response: ServerResponse) => boolean;

export const TYPES: readonly Json[] = [
  type('1', 'Divorce', ['Petitioner', 'Respondent']),
  type('2', 'Adoption', ['Petitioner', 'Respondent']),
  type('3', 'Custody', ['Applicant', 'Respondent']),
  { ...type('4', 'Divorce', ['Petitioner', 'Respondent']), type: 1 },
  { ...type('5', 'Annulment', ['Petitioner']), isDeleted: true },
];

/** A small Smokeball for the matters room: takes writes at once, keeps what it is told, and counts what it is asked. A server, not a mock. */
export class ScriptedSmokeball {
  types: readonly Json[] = TYPES;
  staff: Json[] = [];
  readonly matters = new Map<string, Json>();
  readonly tags = new Map<string, Json[]>();
  readonly seen: Seen[] = [];
  /** Writes that are taken and never appear. */
  losesWrites = false;
  /** Values that a PATCH takes away stay. */
  keepsCleared = false;
  private script: Script | null = null;
  private count = 0;
  private versions = 0n;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedSmokeball> {
    const server = createServer();
    const smokeball = new ScriptedSmokeball(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const path = decodeURIComponent((request.url ?? '').replace(/^\/api/, ''));
        const seen = { method: request.method ?? '', path, body: text === '' ? null : (JSON.parse(text) as Json) };
        smokeball.seen.push(seen);
        const usual = () => smokeball.answer(seen, response);
        if (!smokeball.script?.(seen, usual, response)) usual();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return smokeball;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  forget(): void {
    this.seen.length = 0;
    this.matters.clear();
    this.tags.clear();
    this.types = TYPES;
    this.staff = [];
    this.script = null;
    this.losesWrites = false;
    this.keepsCleared = false;
  }

  /** The next call of this kind is refused with a status and words. */
  refuse(method: string, path: RegExp, status: number, detail = 'no'): void {
    this.script = (seen, _usual, response) => {
      if (seen.method !== method || !path.test(seen.path)) return false;
      this.script = null;
      send(response, status, { title: 'Refused', status, detail });
      return true;
    };
  }

  /** The next call of this kind is done, and its answer is lost. */
  loseAnswer(method: string, path: RegExp): void {
    this.script = (seen, usual, response) => {
      if (seen.method !== method || !path.test(seen.path)) return false;
      this.script = null;
      usual();
      response.socket?.destroy();
      return true;
    };
  }

  calls(method?: string): string[] {
    return this.seen
      .filter((one) => method === undefined || one.method === method)
      .map((one) => `${one.method} ${one.path}`);
  }

  bodies(method: string): (Json | Json[] | null)[] {
    return this.seen.filter((one) => one.method === method).map(({ body }) => body);
  }

  one(): Json {
    const [matter] = this.matters.values();
    if (!matter || this.matters.size !== 1) throw new Error(`there are ${this.matters.size} matters`);
    return matter;
  }

  uuid(): string {
    this.count += 1;
    return `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`;
  }

  private answer({ method, path, body }: Seen, response: ServerResponse): void {
    const url = new URL(path, 'http://x');
    const page = (value: readonly unknown[]) =>
      send(response, 200, { value, size: value.length, offset: 0, limit: 500 });
    if (url.pathname === '/mattertypes') return page(this.typesFor(url.searchParams));
    if (url.pathname === '/staff') return page(this.staff);
    if (url.pathname === '/matters' && method === 'GET') return page([...this.matters.values()]);
    if (url.pathname === '/matters') return this.create(body as Json, response);
    const [, id = '', part = '', tagId = ''] = /^\/matters\/([^/]+)(?:\/(tags)(?:\/(.+))?)?$/.exec(url.pathname) ?? [];
    const matter = this.matters.get(id);
    if (!matter) return send(response, 404, { title: 'Not found' });
    if (part === 'tags') return this.tagsOf(method, id, tagId, body as Json[], response);
    if (method === 'PATCH') return this.patch(matter, body as Json, response);
    const tags = this.tags.get(id);
    return send(response, 200, tags ? { ...matter, tags } : matter);
  }

  private typesFor(query: URLSearchParams): Json[] {
    const [location, name, kind] = ['Location', 'Name', 'Type'].map((key) => query.get(key)?.toLowerCase() ?? null);
    return this.types.filter(
      (one) =>
        (location === null || String(one['location']).toLowerCase() === location) &&
        (name == null || String(one['name']).toLowerCase().includes(name)) &&
        (kind === null || String(one['type']) === kind),
    );
  }

  private create(body: Json, response: ServerResponse): void {
    const id = this.uuid();
    if (!this.losesWrites)
      this.matters.set(id, { ...read(body), id, versionId: this.version(), isLead: body['isLead'] === true });
    send(response, 202, { id, href: `/matters/${id}` });
  }

  private patch(matter: Json, body: Json, response: ServerResponse): void {
    const changes = Object.fromEntries(
      Object.entries(body).filter(([, value]) => !(this.keepsCleared && (value === '' || value === null))),
    );
    if (!this.losesWrites) Object.assign(matter, read(changes), { versionId: this.version() });
    send(response, 202, { id: matter['id'] });
  }

  private tagsOf(method: string, id: string, tagId: string, body: Json[], response: ServerResponse): void {
    const held = this.tags.get(id) ?? [];
    if (method === 'GET') return send(response, 200, { value: held });
    if (method === 'DELETE') {
      if (!held.some((tag) => tag['id'] === tagId)) return send(response, 404, { title: 'Not found' });
      if (!this.losesWrites)
        this.tags.set(
          id,
          held.filter((tag) => tag['id'] !== tagId),
        );
      return send(response, 202, {});
    }
    const isHeld = (name: unknown) =>
      held.some((tag) => String(tag['name']).toLowerCase() === String(name).toLowerCase());
    const coming = body.filter((tag) => !isHeld(tag['name']));
    this.tags.set(id, [...held, ...coming.map((tag) => ({ ...tag, id: this.uuid() }))]);
    return send(response, 201, { id });
  }

  /** Of the next change: they only ever rise. */
  version(): string {
    this.versions += 1n;
    return String(638_000_000_000_000_000n + this.versions);
  }
}

/** Written members come back as Links where Smokeball does that. */
function read(body: Json): Json {
  const link = (id: unknown) => (id === '' || id === null ? undefined : { id });
  const links = (ids: unknown) => (Array.isArray(ids) ? ids.map((id: unknown) => ({ id })) : undefined);
  const as: Readonly<Record<string, [string, (value: unknown) => unknown]>> = {
    personResponsibleStaffId: ['personResponsible', link],
    personAssistingStaffId: ['personAssisting', link],
    originatingStaffId: ['originatingStaff', link],
    personAssistingStaffIds: ['personAssistingStaffs', links],
    originatingStaffIds: ['originatingStaffs', links],
    clientIds: ['clients', links],
    otherSideIds: ['otherSides', links],
    matterTypeId: ['matterType', link],
  };
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const [member, form] = as[name] ?? [name, (plain: unknown) => plain ?? undefined];
      return [member, form(value)];
    }),
  );
}

function type(id: string, name: string, roles: readonly string[]): Json {
  return { id: `type-${id}_IL`, name, category: 'Family Law', type: 0, representativeOptions: roles, location: 'IL' };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
