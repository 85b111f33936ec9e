import { SimulatorUnderTest } from '../testing/simulator-under-test';

/** Who may call what has no password. */
describe('the control plane and foreign pages', () => {
  let sim: SimulatorUnderTest;

  beforeAll(async () => {
    sim = await SimulatorUnderTest.start({}, { env: { SIMULATOR_PUBLIC_URL: 'https://demo.firm.example/sim' } });
  });
  afterAll(() => sim.close());

  const EVIL = 'https://evil.example';
  const PATHS = [
    ['GET', '/_sim/us/state'],
    ['GET', '/_sim/casehug'],
    ['GET', '/%5Fsim/pbx'],
    ['GET', '/casehug/api/matters'],
    ['GET', '/pbx/api/calls'],
    ['GET', '/faults/api/connections?tenant=us'],
    ['GET', '/us/app-api/summary'],
    ['GET', '/au-staging/app-api/contacts'],
    ['POST', '/_sim/reset'],
    ['PATCH', '/_sim/switches'],
    ['DELETE', '/casehug/api/notifications'],
    ['POST', '/pbx/api/cdr'],
  ] as const;
  const send = (method: string, path: string, headers: Record<string, string>) =>
    sim.raw(method, path, method === 'GET' ? undefined : '{}', { 'content-type': 'text/plain', ...headers });

  it.each(PATHS)('%s %s refuses a name that was rebound to this machine', async (method, path) => {
    const answer = await send(method, path, { host: 'evil.example:3010' });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('The Host header must be localhost')]);
  });

  it.each(PATHS)('%s %s refuses a page of another site', async (method, path) => {
    for (const origin of [EVIL, 'null', 'https://localhost.evil.example', 'file://']) {
      const answer = await send(method, path, { origin });
      expect([origin, answer.status, answer.text]).toEqual([origin, 403, expect.stringContaining('own pages')]);
    }
    const { status } = await send(method, path, { 'sec-fetch-site': 'cross-site' });
    expect(status === 403).toBe(method !== 'GET');
  });

  it.each([
    ['a program on this machine', {}],
    ['localhost', { host: 'localhost:3010' }],
    ['the same with capitals and a final dot', { host: 'LOCALHOST.:3010' }],
    ['a name below localhost', { host: 'sim.localhost:3010' }],
    ['IPv6', { host: '[::1]:3010' }],
    ['another loopback address', { host: '127.0.1.1' }],
    ['the public address', { host: 'demo.firm.example', origin: 'https://demo.firm.example' }],
    ['its own page', { host: 'localhost:3010', origin: 'http://localhost:3010', 'sec-fetch-site': 'same-origin' }],
    ['a form of its own page, which names no origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ])('%s is welcome', async (_name, headers: Record<string, string>) => {
    expect((await send('PATCH', '/_sim/switches', headers)).status).toBe(200);
    expect((await send('GET', '/pbx/api/calls', headers)).status).toBe(200);
  });

  it('Matterline and a partner are not pages: receiver, CaseHug’s API, Smokeball’s API and sign-in answer any name', async () => {
    const headers = { host: 'simulator:3010', origin: EVIL, 'sec-fetch-site': 'cross-site' };
    const answers = await Promise.all([
      send('POST', '/casehug/notifications', headers),
      send('GET', '/casehug/api/v1/matters/unknown', headers),
      send('GET', '/us/api/firm', headers),
      send('POST', '/us/auth/oauth2/token', headers),
      send('GET', '/us/app/', headers),
    ]);
    expect(answers.map(({ text }) => text).join()).not.toMatch(/own pages|Host header/);
  });

  it('what was refused has changed nothing', async () => {
    await send('POST', '/_sim/faults', { origin: EVIL });
    const fault = JSON.stringify({ route: '*', fault: { status: 503 } });
    expect((await sim.raw('POST', '/_sim/faults', fault, { origin: EVIL })).status).toBe(403);
    expect((await sim.control('GET', '/faults')).list).toEqual([]);
  });
});
