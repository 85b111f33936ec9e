import { SimulatorUnderTest, type Json } from '../../testing/simulator-under-test';

describe('what the faults page reads', () => {
  let sim: SimulatorUnderTest;

  beforeAll(async () => (sim = await SimulatorUnderTest.connected()));
  afterAll(() => sim.close());

  const read = async (path: string): Promise<{ status: number; body: Json }> => {
    const response = await fetch(`${sim.base}/faults/api/${path}`);
    return { status: response.status, body: (await response.json()) as Json };
  };

  const listed = [
    { route: 'POST /contacts', area: 'Contacts' },
    { route: 'GET /matters/{matterId}/documents/files', area: 'Files' },
    { route: 'POST /matters/{matterId}/tags', area: 'Matters, tags' },
    { route: 'POST /oauth2/token', area: 'Sign-in' },
    { route: 'PUT /s3', area: 'File store' },
    { route: 'GET /webhooks', area: 'Webhooks' },
  ];

  it.each(listed)('lists $route under $area', async (wanted) => {
    expect((await read('routes')).body['routes']).toContainEqual(wanted);
  });

  it('lists only what a fault then hits: one laid on a listed route is taken', async () => {
    const { routes } = (await read('routes')).body as { routes: { route: string }[] };
    const { route } = routes.find((one) => one.route === 'GET /contacts/{id}') ?? { route: '' };
    await sim.control('POST', '/faults', { route, fault: { status: 503 }, count: 1 });
    expect((await sim.api('GET', '/contacts/x')).status).toBe(503);
    expect((await sim.api('GET', '/contacts/x')).status).toBe(404);
  });

  it('tells who gave a permission, without any token, and forgets it when it is revoked', async () => {
    const { body } = await read('connections?tenant=us');
    expect(body).toMatchObject({
      apps: [{ client_id: 'partner' }],
      connections: [
        { client_id: 'partner', firm: 'Harbor & Pine LLP', user: 'tom.jones@harborpine.example', webhooks: 0 },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/token|secret/i);
    await sim.control('POST', '/us/revoke', {});
    expect((await read('connections?tenant=us')).body).toMatchObject({ connections: [] });
  });

  it('names the behaviours that can be turned off', async () => {
    const { behaviours } = (await read('behaviours')).body as { behaviours: { number: number; name: string }[] };
    expect(behaviours).toContainEqual({ number: 11, name: 'rate limit' });
    expect(behaviours.map((one) => one.number)).toEqual(behaviours.map((_one, index) => index + 1));
  });

  it('gives the seed, and 404 for a Smokeball that does not exist', async () => {
    expect((await read('seed')).body).toEqual({ seed: 1 });
    expect((await read('connections?tenant=mars')).status).toBe(404);
  });
});
