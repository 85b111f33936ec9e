import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { caseHugSignature } from '../support/casehug-signature';
import { aMatter } from '../support/a-matter';
import { askDatabase } from '../support/database';
import { call, type Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { untilLink } from '../support/until';
import { waitFor } from '../support/wait-for';
import { openWorld, type World, WORLD_MS } from '../support/world';

const HOOKS = '/api/v1/webhooks';
const EVENTS = '/api/v1/integrations/casehug/events';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

describe('events from and to CaseHug', () => {
  let world: World;
  let receiver: Server;
  const received: Received[] = [];
  let answers: number[] = [];

  beforeAll(async () => {
    world = await openWorld();
    receiver = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        received.push({ path: request.url ?? '', headers: request.headers, text });
        response.writeHead(answers.shift() ?? 204).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  }, WORLD_MS);
  afterAll(async () => {
    receiver?.closeAllConnections();
    receiver?.close();
    await world?.product.stop();
  }, 60_000);

  const at = (path: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  const register = async (path: string, events = ['*']): Promise<Parsed> =>
    (await world.firm.api('POST', HOOKS, { json: { url: at(path), events } })).body.data;
  const arrived = (path: string) => received.filter((one) => one.path === path);
  const until = (path: string, count = 1) =>
    waitFor(`${count} at ${path}`, () => (arrived(path).length >= count ? arrived(path) : null));

  describe('to CaseHug', () => {
    it('registers, lists without the secret, and removes', async () => {
      const made = await world.firm.api('POST', HOOKS, {
        json: { url: at('/a'), events: ['matter.linked'], description: 'A' },
      });
      expect([made.status, made.body.data]).toEqual([
        201,
        { id: expect.stringMatching(/^wh_/), url: at('/a'), events: ['matter.linked'], description: 'A', created_at: expect.any(String), state: 'active', paused_since: null, last_error: null, signing_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/=]{32,}$/) }, // prettier-ignore
      ]);
      const { signing_secret: secret, ...shown } = made.body.data as { signing_secret: string; id: string };
      const list = await world.firm.api('GET', HOOKS);
      expect(list.body.data[0]).toEqual(shown);
      expect(list.text).not.toContain(secret);
      expect((await world.firm.api('DELETE', `${HOOKS}/${shown.id}`)).status).toBe(204);
      expect((await world.firm.api('DELETE', `${HOOKS}/${shown.id}`)).status).toBe(404);
      expect((await world.firm.api('GET', HOOKS)).text).not.toContain(shown.id);
    });

    it.each([
      ['nothing', {}, ['events', 'url']],
      ['an address that is none', { url: 'nowhere', events: ['*'] }, ['url']],
      ['no events', { url: 'https://example.com/', events: [] }, ['events']],
      ['an event that nobody knows', { url: 'https://example.com/', events: ['matter.sold', '*'] }, ['events[0]']],
    ])('refuses %s', async (_what, json, wrong) => {
      const answer = await world.firm.api('POST', HOOKS, { json });
      expect([answer.status, answer.body.error.details.fields.map(({ field }: Parsed) => field).sort()]).toEqual([
        400,
        wrong,
      ]);
    });

    it('delivers webhook.test with a signature that holds by Standard Webhooks', async () => {
      const { id, signing_secret: secret } = await register('/test', ['files.updated']);
      expect((await world.firm.api('POST', `${HOOKS}/${id}/test`)).status).toBe(202);
      const [delivery] = await until('/test');
      const headers = delivery?.headers as Record<string, string>;
      const body = new Webhook(secret as string).verify(delivery?.text ?? '', headers) as Parsed;
      expect(body).toEqual({
        id: headers['webhook-id'],
        type: 'webhook.test',
        created_at: expect.stringMatching(/^\d{4}-.*Z$/),
        firm_id: world.firm.caseHugId,
        data: expect.objectContaining({ matter_id: null, smokeball_matter_id: null, occurred_at: expect.any(String) }),
      });
      expect(headers['content-type']).toContain('application/json');
      expect(() => new Webhook('whsec_AAAA').verify(delivery?.text ?? '', headers)).toThrow();
      expect((await world.firm.api('POST', `${HOOKS}/wh_nobody/test`)).status).toBe(404);
    });

    it('tells of a linked matter once, only where it was asked for, and again after a failure', async () => {
      const wanted = await register('/linked', ['matter.linked']);
      await register('/other', ['files.updated']);
      answers = [500];
      const id = newId('mat');
      const json = aMatter();
      await world.firm.api('PUT', `/api/v1/matters/${id}?sync=true`, { json });
      const { link } = await untilLink(world.firm, id, 'confirmed');
      const [first, second] = await until('/linked', 2);
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
      const body = new Webhook(wanted.signing_secret as string).verify(second?.text ?? '', second?.headers as Record<string, string>) as Parsed; // prettier-ignore
      expect(body).toMatchObject({
        type: 'matter.linked',
        data: { matter_id: id, smokeball_matter_id: link.smokeball_matter_id, smokeball_number: json.case_number, url: link.url }, // prettier-ignore
      });
      expect(arrived('/other')).toEqual([]);
      expect(arrived('/linked')).toHaveLength(2);
    }, 40_000);

    it('tells a status change of a person in Smokeball, with the one before', async () => {
      await register('/status', ['matter.status_changed']);
      const id = newId('mat');
      await world.firm.api('PUT', `/api/v1/matters/${id}?sync=true`, { json: aMatter() });
      const { link } = await untilLink(world.firm, id, 'confirmed');
      for (const [at, status] of ['Pending', 'Closed'].entries()) {
        await world.product.simulator.changeMatterAsUser(link.smokeball_matter_id as string, { status });
        await until('/status', at + 1);
      }
      const told = arrived('/status').map(({ text }) => JSON.parse(text).data);
      expect(told.map(({ previous_status, status }: Parsed) => [previous_status, status])).toEqual([['Open', 'Pending'], ['Pending', 'Closed']]); // prettier-ignore
      const matter = (await world.firm.api('GET', `/api/v1/matters/${id}`)).body.data;
      expect(matter.link.smokeball_status).toBe('Closed');
    }, 40_000);

    it('refuses private targets in any spelling when private networks are off', async () => {
      const api = await world.product.startApi({ ALLOW_PRIVATE_NETWORKS: 'off' });
      const hosts = ['127.0.0.1', 'localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '[fe80::1]', '[fc00::1]', '[64:ff9b::7f00:1]', 'intranet', 'db.internal', 'printer.local', 'app.localhost']; // prettier-ignore
      try {
        for (const url of [
          ...hosts.map((host) => `https://${host}/x`),
          'http://example.com/',
          'ftp://example.com/',
          'https://u:p@example.com/',
        ]) {
          // prettier-ignore
          const answer = await call('POST', `${api.url}${HOOKS}`, { headers: { 'x-api-key': world.firm.apiKey }, json: { url, events: ['*'] } }); // prettier-ignore
          expect([url, answer.status, answer.body.error?.code]).toEqual([url, 422, 'target_not_allowed']);
        }
        const headers = { 'x-api-key': world.firm.apiKey };
        const good = await call('POST', `${api.url}${HOOKS}`, { headers, json: { url: 'https://hooks.casehug.example/x', events: ['*'] } }); // prettier-ignore
        expect(good.status).toBe(201);
        await call('DELETE', `${api.url}${HOOKS}/${good.body.data.id}`, { headers });
      } finally {
        await api.stop();
      }
    }, 60_000);
  });

  describe('from CaseHug', () => {
    const event = (parts: object = {}) =>
      JSON.stringify({ id: newId('evt'), type: 'webhook.test', created_at: new Date().toISOString(), firm_id: world.firm.caseHugId, data: {}, ...parts }); // prettier-ignore
    const hmac = (secret: string, text: string, encoding: 'hex' | 'base64' = 'hex') => createHmac('sha256', secret).update(text).digest(encoding); // prettier-ignore
    const stripe = (text: string, secret = world.firm.webhookSecret, atS?: number) =>
      caseHugSignature(text, secret, atS);
    const send = (text: string, signature: string | null, header = 'x-casehug-signature') =>
      call('POST', `${world.product.apiUrl}${EVENTS}`, {
        raw: text,
        headers: { 'content-type': 'application/json', ...(signature === null ? {} : { [header]: signature }) },
      });
    const set = (...settings: string[]) => world.product.cli(['firm:set', '--firm', world.firm.caseHugId, ...settings]);
    const stored = (id: string) => askDatabase(world.product, `select 1 from events_in where source = 'casehug' and type = $1`, [id]); // prettier-ignore

    it('takes a signed event, and a repeat of it once', async () => {
      const text = event({ type: 'nobody.knows.this' });
      expect((await send(text, stripe(text))).status).toBe(202);
      expect((await send(text, stripe(text))).status).toBe(200);
      expect(await stored('nobody.knows.this')).toHaveLength(1);
    });

    it.each([
      ['no signature', (_text: string) => null],
      ['another secret', (text: string) => stripe(text, 'whsec_other')],
      ['another body', (text: string) => stripe(`${text} `)],
      ['an old one', (text: string) => stripe(text, undefined, Math.floor(Date.now() / 1000) - 400)],
      ['one from the future', (text: string) => stripe(text, undefined, Math.floor(Date.now() / 1000) + 400)],
      ['another scheme', (text: string) => hmac(world.firm.webhookSecret, text)],
      ['nonsense', () => 't=,v1='],
    ])('refuses %s', async (what, sign) => {
      const type = `refused.${what.replace(/\W/g, '_')}`;
      const text = event({ type });
      const answer = await send(text, sign(text));
      expect([answer.status, answer.body.error.code]).toEqual([401, 'unauthorized']);
      expect(await stored(type)).toEqual([]);
    });

    it('answers an unknown firm, no firm and no JSON exactly like a bad signature', async () => {
      const bad = await send(event(), 't=1,v1=00');
      for (const text of [
        event({ firm_id: 'firm_nobody' }),
        event({ firm_id: undefined }),
        'no json',
        '[]',
        'null',
        '',
      ]) {
        const answer = await send(text, stripe(text));
        expect([text, answer.status, answer.body]).toEqual([text, 401, bad.body]);
      }
    });

    it('names what a signed envelope lacks', async () => {
      const text = JSON.stringify({ firm_id: world.firm.caseHugId, type: 7 });
      const answer = await send(text, stripe(text));
      expect(answer.status).toBe(400);
      expect(answer.body.error.details.fields.map(({ field }: Parsed) => field).sort()).toEqual(['data', 'id', 'type']);
    });

    it('knows four schemes, another header, and two secrets at once', async () => {
      const [old, next] = [world.firm.webhookSecret, 'whsec_the_next_one'];
      expect((await set(`casehug_secret_next=${next}`)).code).toBe(0);
      const schemes: [string, (text: string, secret: string) => string][] = [
        ['sha256', (text, secret) => `sha256=${hmac(secret, text)}`],
        ['hex', (text, secret) => hmac(secret, text)],
        ['base64', (text, secret) => hmac(secret, text, 'base64')],
        ['stripe', (text, secret) => stripe(text, secret)],
      ];
      for (const [scheme, sign] of schemes) {
        expect((await set(`signature_scheme=${scheme}`, 'signature_header=X-Signed-By')).code).toBe(0);
        for (const secret of [old, next]) {
          const text = event();
          const answer = await send(text, sign(text, secret), 'x-signed-by');
          expect([scheme, answer.status]).toEqual([scheme, 202]);
        }
        const text = event();
        expect((await send(text, sign(text, 'whsec_neither'), 'x-signed-by')).status).toBe(401);
      }
      await set('signature_header=X-CaseHug-Signature', 'casehug_secret_next=');
      const text = event();
      expect((await send(text, stripe(text, next))).status).toBe(401);
    }, 60_000);
  });
});
