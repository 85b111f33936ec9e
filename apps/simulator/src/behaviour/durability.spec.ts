import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Receiver, SimulatorUnderTest, TOM } from '../testing/simulator-under-test';

describe('state in a folder', () => {
  let folder: string;
  const running: SimulatorUnderTest[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  });
  afterEach(async () => {
    for (const sim of running.splice(0)) await sim.close();
    rmSync(folder, { recursive: true });
  });

  /** One process at a time: the one before is killed, as `kill -9` does it. */
  const start = async (): Promise<SimulatorUnderTest> => {
    const before = running.pop();
    await before?.kill();
    const sim = await SimulatorUnderTest.start({ user_id_absent_p: 0 }, { dataFolder: folder });
    if (before !== undefined) [sim.token, sim.refreshToken] = [before.token, before.refreshToken];
    running.push(sim);
    return sim;
  };

  it('an answered write, a token, a subscription, a stored file and what is still to come survive a kill', async () => {
    const receiver = await Receiver.start();
    const first = await start();
    await first.registerPartner('us');
    await first.connect('us', TOM);
    await first.switches({ visibility_by_resource: { contacts: { min: 60_000, max: 60_000 } } });
    const body = { eventTypes: ['contact.created'], eventNotificationUrl: receiver.url };
    await first.api('POST', '/webhooks', { body });
    const made = await first.api('POST', '/contacts', { body: { person: { firstName: 'Survivor' } } });
    const matter = String((await first.api('GET', '/matters?Limit=1')).list[0]?.['id']);
    const slot = await first.api('POST', `/matters/${matter}/documents/files`, { body: { fileName: 'a.pdf' } });
    await first.raw('PUT', String(slot.body['uploadUrl']), Buffer.from('bytes'), { 'content-type': '' });
    await first.kill();
    // A line that was cut in the middle of being written.
    appendFileSync(join(folder, 'state.ndjson'), '["t/us/contacts","torn');

    const second = await start();
    const path = `/contacts/${String(made.body['id'])}`;
    expect((await second.api('GET', path)).status).toBe(404);
    await second.advance(60_000);
    expect((await second.api('GET', path)).status).toBe(200);
    await second.settle();
    expect(receiver.types()).toContain('contact.created');
    const content = await second.raw('GET', `/_sim/us/files/${String(slot.body['fileId'])}/content`);
    expect(content.text).toBe('bytes');
    expect(
      (await second.exchange('us', { grant_type: 'refresh_token', refresh_token: second.refreshToken })).status,
    ).toBe(200);
    await receiver.close();
  });

  it('a second start neither seeds again nor draws the same ids', async () => {
    const first = await start();
    await first.registerPartner('us');
    await first.connect('us', TOM);
    const a = await first.api('POST', '/contacts', { body: { person: { firstName: 'A' } } });
    const count = (await first.firm())['contacts']?.length ?? 0;
    const second = await start();
    const b = await second.api('POST', '/contacts', { body: { person: { firstName: 'B' } } });
    expect(b.body['id']).not.toBe(a.body['id']);
    expect((await second.firm())['contacts']).toHaveLength(count + 1);
  });

  it('a reset takes less than a second', async () => {
    const sim = await start();
    const startedMs = performance.now();
    await sim.control('POST', '/reset', {});
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
