import { randomUUID } from 'node:crypto';
import { type FakeAnswer, json, type SeenRequest, startFakeServer } from '../../../../config/testing/stand-in';

interface Held {
  readonly id: string;
  readonly [member: string]: unknown;
  isDeleted: boolean;
  tags: { id?: string; name: string; type: string }[];
}

/** The part of Smokeball that contacts need, as a real server with state: searches by e-mail, full replacements, tags. */
export async function startContactsServer() {
  const server = await startFakeServer();
  const contacts = new Map<string, Held>();
  const calls: string[] = [];
  let before: ((call: string, request: SeenRequest) => FakeAnswer | null) | null = null;

  const answer: FakeAnswer = (request, response, incoming) => {
    const url = new URL(request.url, server.url);
    const path = url.pathname.replace('/api', '');
    const call = `${request.method} ${path.replace(/[0-9a-f-]{36}/g, '{id}')}`;
    calls.push(call);
    const instead = before?.(call, request);
    if (instead) return instead(request, response, incoming);
    reply(request, path, url)(request, response, incoming);
  };

  function reply(request: SeenRequest, path: string, url: URL): FakeAnswer {
    const [, , id = '', sub, tagId] = path.split('/');
    const held = contacts.get(id);
    const body = request.body === '' ? undefined : (JSON.parse(request.body) as Record<string, unknown>);
    if (path === '/contacts/batch') {
      const ids = (body as unknown as { ids: string[] }).ids;
      return json(200, { value: ids.flatMap((one) => contacts.get(one) ?? []) });
    }
    if (path === '/contacts' && request.method === 'POST') return json(202, { id: put(body ?? {}), href: '/x' });
    if (path === '/contacts') return json(200, list(url));
    if (!held) return json(404, { title: 'Not Found' });
    if (sub === 'tags') return tags(request.method, held, tagId, body);
    if (request.method === 'PUT') put({ ...body, isDeleted: body?.['isDeleted'] === true }, id);
    return request.method === 'PUT' ? json(202, { id, href: '/x' }) : json(200, held);
  }

  function list(url: URL) {
    const email = url.searchParams
      .get('Search')
      ?.match(/^email:(.*)$/)?.[1]
      ?.toLowerCase();
    const all = [...contacts.values()].filter(
      (one) => email === undefined || JSON.stringify(one).toLowerCase().includes(`"email":"${email}"`),
    );
    const [offset, limit] = [Number(url.searchParams.get('Offset') ?? 0), Number(url.searchParams.get('Limit') ?? 500)];
    const since = BigInt(url.searchParams.get('UpdatedSince') ?? 0);
    const sorted = all
      .filter((one) => BigInt(String(one['lastUpdated'])) >= since)
      .sort((a, b) => Number(a['lastUpdated']) - Number(b['lastUpdated']));
    return { value: sorted.slice(offset, offset + limit), size: sorted.length, offset, limit };
  }

  function tags(method: string, held: Held, tagId: string | undefined, body: unknown): FakeAnswer {
    if (method === 'GET') return json(200, { value: held.tags });
    if (method === 'DELETE') {
      held.tags = held.tags.filter((tag) => tag.id !== tagId);
      return json(202, { id: held.id, href: '/x' });
    }
    for (const name of body as string[])
      if (!held.tags.some((tag) => tag.type === 'Custom' && tag.name.toLowerCase() === name.toLowerCase()))
        held.tags.push({ id: randomUUID(), name, type: 'Custom' });
    return json(201, { id: held.id, href: '/x' });
  }

  let moment = 1_000;
  function put(body: Record<string, unknown>, id: string = randomUUID()): string {
    moment += 10;
    const tagsOf = contacts.get(id)?.tags ?? (body['tags'] as Held['tags'] | undefined) ?? [];
    contacts.set(id, { isDeleted: false, ...body, lastUpdated: moment, id, tags: [...tagsOf] });
    return id;
  }

  server.answer(answer);
  return {
    url: server.url,
    calls,
    contacts,
    seen: server.seen,
    /** A contact that a Smokeball user made. */
    add: (body: Record<string, unknown>) => put(body),
    /** A change by a Smokeball user. */
    change: (id: string, change: Record<string, unknown>) => put({ ...contacts.get(id), ...change }, id),
    /** What happens instead of, or right before, the next calls. */
    onCall: (step: typeof before) => {
      before = step;
    },
    forget: () => {
      contacts.clear();
      calls.length = 0;
      before = null;
    },
    close: () => server.close(),
  };
}

export type ContactsServer = Awaited<ReturnType<typeof startContactsServer>>;
