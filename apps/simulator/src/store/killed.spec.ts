import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SimulatorUnderTest, TOM, type Json, type RawAnswer } from '../testing/simulator-under-test';

const ROUNDS = 4;
const SWITCHES = {
  visibility_ms: { min: 0, max: 400 },
  index_lag_ms: { min: 0, max: 100 },
  number_delay_ms: { min: 0, max: 400 },
  ingest_ms: { min: 0, max: 200 },
};

/** What the simulator said yes to, and what it may have taken without a word. */
interface Told {
  readonly names: { readonly sent: Set<string>; readonly answered: Map<string, string> };
  readonly files: Map<string, string>;
  readonly webhooks: string[];
  readonly faults: string[];
  /** Whole numbers that only rise: the last one answered, the last one sent. */
  readonly rising: Record<'desk' | 'switch', { answered: number; sent: number }>;
  readonly clockMs: { answered: number; sent: number };
}

describe('a simulator with a data folder that is killed while it works', () => {
  let folder: string;
  let sim: SimulatorUnderTest;
  const told: Told = {
    names: { sent: new Set(), answered: new Map() },
    files: new Map(),
    webhooks: [],
    faults: [],
    rising: { desk: { answered: 0, sent: 0 }, switch: { answered: 5000, sent: 5000 } },
    clockMs: { answered: 0, sent: 0 },
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sim-killed-'));
    sim = await SimulatorUnderTest.start(SWITCHES, { dataFolder: folder });
    await sim.registerPartner('us');
    await sim.connect('us', TOM);
  });
  afterAll(async () => {
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function restart(): Promise<void> {
    const { token, refreshToken } = sim;
    // No switches are given: those of before must still stand.
    const next = await SimulatorUnderTest.restarted({ dataFolder: folder });
    [next.token, next.refreshToken] = [token, refreshToken];
    sim = next;
  }

  it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
    'kill %d: all that was answered is there, and nothing twice',
    async (round) => {
      const writers = [contacts, matters, files, settings, clock].map((write) => untilCut(() => write(sim, told)));
      const enough = told.names.answered.size + 10 + Math.floor(Math.random() * 60);
      while (told.names.answered.size < enough || told.rising.desk.answered === 0) await wait(3);
      await sim.kill();
      await Promise.all(writers);
      await restart();
      await sim.settle();
      await expectAll(sim, told, round);
    },
    60_000,
  );

  it('desk settings are kept from the moment they are answered', async () => {
    const casehug = { api_url: 'http://127.0.0.1:9/last', api_key: 'k', firm_id: 'f', webhook_secret: 's' };
    good(await sim.control('PUT', '/casehug', casehug));
    await sim.kill();
    await restart();
    expect((await sim.control('GET', '/casehug')).body['api_url']).toBe(casehug.api_url);
  });

  it('has written so much that the kills mattered', () => {
    expect(told.names.answered.size).toBeGreaterThan(ROUNDS * 10);
    expect(told.files.size).toBeGreaterThan(ROUNDS);
  });
});

/** Writes again and again; ends when the process is gone. Any other answer than a good one is a failure. */
async function untilCut(write: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await write();
    } catch (error) {
      if (error instanceof Refused) throw error;
      return;
    }
  }
}

class Refused extends Error {}

function good(answer: RawAnswer): RawAnswer {
  if (answer.status >= 300) throw new Refused(`${answer.status} ${answer.text}`);
  return answer;
}

let count = 0;

function newName(told: Told): string {
  count += 1;
  const name = `w${count}`;
  told.names.sent.add(name);
  return name;
}

async function contacts(sim: SimulatorUnderTest, told: Told): Promise<void> {
  const name = newName(told);
  const body = { externalSystemId: name, person: { firstName: 'Kim', lastName: name } };
  const made = good(await sim.api('POST', '/contacts', { body }));
  told.names.answered.set(name, String(made.body['id']));
}

async function matters(sim: SimulatorUnderTest, told: Told): Promise<void> {
  const list = await sim.api('GET', '/matters?Limit=1');
  const first = list.list[0] as { readonly matterTypeId: string; readonly clientIds: string[] };
  const name = newName(told);
  const { matterTypeId, clientIds } = first;
  const body = { externalSystemId: name, matterTypeId, clientIds, status: 'Open', isLead: false };
  const made = good(await sim.api('POST', '/matters', { body }));
  told.names.answered.set(name, String(made.body['id']));
}

async function files(sim: SimulatorUnderTest, told: Told): Promise<void> {
  const matter = String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id']);
  const name = newName(told);
  const slot = good(await sim.api('POST', `/matters/${matter}/documents/files`, { body: { fileName: `${name}.txt` } }));
  const bytes = Buffer.from(`${name} `.repeat(2000));
  good(await sim.raw('PUT', String(slot.body['uploadUrl']), bytes, { 'content-type': '' }));
  told.files.set(String(slot.body['fileId']), createHash('sha256').update(bytes).digest('hex'));
  const hook = { eventTypes: ['contact.created'], eventNotificationUrl: `http://127.0.0.1:9/${name}` };
  told.webhooks.push(String(good(await sim.api('POST', '/webhooks', { body: hook })).body['id']));
}

async function settings(sim: SimulatorUnderTest, told: Told): Promise<void> {
  const { desk, switch: s } = told.rising;
  desk.sent += 1;
  const casehug = { api_url: `http://127.0.0.1:9/${desk.sent}`, api_key: 'k', firm_id: 'f', webhook_secret: 's' };
  good(await sim.control('PUT', '/casehug', casehug));
  desk.answered = desk.sent;
  s.sent += 1;
  good(await sim.control('PATCH', '/switches', { access_token_s: s.sent }));
  s.answered = s.sent;
  const fault = { id: `fault-${desk.sent}`, route: 'GET /firm', fault: { status: 503 } };
  good(await sim.control('POST', '/faults', fault));
  told.faults.push(fault.id);
}

async function clock(sim: SimulatorUnderTest, told: Told): Promise<void> {
  told.clockMs.sent += 10;
  good(await sim.control('POST', '/clock', { advance_ms: 10 }));
  told.clockMs.answered += 10;
}

async function expectAll(sim: SimulatorUnderTest, told: Told, round: number): Promise<void> {
  const firm = await sim.firm();
  const named = [...(firm['contacts'] ?? []), ...(firm['matters'] ?? [])].filter((row) => row['externalSystemId']);
  const ids = new Map(named.map((row) => [String(row['externalSystemId']), String(row['id'])]));
  expect(named).toHaveLength(ids.size);
  for (const [name, id] of told.names.answered) expect([round, name, ids.get(name)]).toEqual([round, name, id]);
  for (const name of ids.keys()) expect(told.names.sent).toContain(name);
  expectMatterNumbers(firm['matters'] ?? []);

  const kept = new Map((firm['files'] ?? []).map((file) => [String(file['id']), file]));
  for (const [id, sha256] of told.files) {
    expect(kept.get(id)).toMatchObject({ isUploaded: true, sha256 });
    expect(kept.get(id)?.['versions']).toHaveLength(1);
  }
  expect((firm['webhooks'] ?? []).map((hook) => hook['id'])).toEqual(expect.arrayContaining(told.webhooks));
  const faults = (await sim.control('GET', '/faults')).list.map((fault) => fault['id']);
  expect(faults).toEqual(expect.arrayContaining(told.faults));
  expect(new Set(faults).size).toBe(faults.length);

  const { desk, switch: s } = told.rising;
  const casehug = (await sim.control('GET', '/casehug')).body;
  expectBetween(Number(/\d+$/.exec(String(casehug['api_url']))?.[0]), desk);
  expectBetween(Number((await sim.control('GET', '/switches')).body['access_token_s']), s);
  const offset = Number((await sim.control('GET', '/clock')).body['offset_ms']);
  expect(offset).toBeGreaterThanOrEqual(told.clockMs.answered);
}

function expectBetween(value: number, span: { readonly answered: number; readonly sent: number }): void {
  expect(value).toBeGreaterThanOrEqual(span.answered);
  expect(value).toBeLessThanOrEqual(span.sent);
}

/** Each matter that is no lead has a number, and no two the same. */
function expectMatterNumbers(matters: readonly Json[]): void {
  const numbers = matters.filter((matter) => matter['isLead'] !== true).map((matter) => matter['number']);
  expect(numbers).not.toContain(null);
  expect(numbers).not.toContain(undefined);
  expect(new Set(numbers).size).toBe(numbers.length);
}
