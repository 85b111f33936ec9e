import { jsonOf } from '../testing/json-of';
import { pbxUnderTest, TENANT, type PbxUnderTest } from '../testing/pbx-under-test';

describe('records, extensions and pairing of the PBX desk', () => {
  let desk: PbxUnderTest;

  beforeEach(async () => (desk = await pbxUnderTest({ status: 'no_match', reason: '' })));
  afterEach(() => desk.stop());

  it('sends the extensions as a bare array and hides the key', async () => {
    const [put] = desk.matterline.sent(`PUT ${TENANT}/extensions`);
    expect(JSON.parse(put?.body.toString() ?? '')).toMatchObject([
      { extension: '504', email: 'tom@law.example.com' },
      { extension: '505' },
    ]);
    const { body } = await desk.call('GET', '/_sim/pbx');
    expect(body['extensions_sent']).toEqual({ sent: true, problem: '' });
    expect(JSON.stringify(body)).not.toContain('tenant-key');
  });

  it('sends one webcdr record after a call', async () => {
    const { callid } = await desk.phone({ extension: '504', number: '3125550142', state: 'connected' });
    await desk.phone({ callid, extension: '504', state: 'terminated' });
    const { records } = (await desk.call('POST', '/pbx/api/cdr', { callid, form: 'webcdr' })).body;
    const [request] = desk.matterline.sent(`POST ${TENANT}/cdr`);
    expect(records).toMatchObject([{ form: 'webcdr', http_status: 202, plain: '' }]);
    expect(request?.headers.authorization).toMatch(/^Basic /);
    expect(jsonOf(request)).toMatchObject({
      domain: 'law.example.com',
      callid,
      abandoned: false,
      start: expect.any(Number),
      connect: expect.any(Number),
    });
  });

  const legs = [
    { direction: 'inbound', trunk: 'I', extension: 'O' },
    { direction: 'outbound', trunk: 'O', extension: 'I' },
  ] as const;

  it.each(legs)(
    'sends json records leg by leg for a call $direction, directions told from the PBX',
    async ({ direction, trunk, extension }) => {
      const { callid } = await desk.phone({ extension: '504', number: '3125550142', direction, state: 'connected' });
      await desk.phone({ callid, extension: '504', state: 'terminated' });
      await desk.call('POST', '/pbx/api/cdr', { callid, form: 'json' });
      const records = desk.matterline.sent(`POST ${TENANT}/cdr`).map(jsonOf);
      expect(
        records.map((record) => [record['Direction'], record['Extension'], record['TrunkName'] !== undefined]),
      ).toEqual([
        [trunk, undefined, true],
        [extension, '504', false],
      ]);
      expect(new Set(records.map((record) => record['PrimaryCallID']))).toEqual(new Set([callid]));
      expect(records[0]).toMatchObject({ action: 'call-data-record', Type: 'extcall', RemoteParty: '3125550142' });
    },
  );

  it('opens pairing with a user token and never with the tenant key, and unpairs', async () => {
    desk.matterline.plan(`POST ${TENANT}/pairings/504/user-token`, {
      status: 200,
      body: { token: 'a token', expires_in: 3600 },
    });
    desk.matterline.plan(`DELETE ${TENANT}/pairings/504`, { status: 204 });
    const started = await fetch(`${desk.url}/pbx/api/pairings/504/start`, { redirect: 'manual' });
    expect(started.status).toBe(302);
    expect(started.headers.get('location')).toBe(
      `${desk.matterline.url}${TENANT}/pair/start?extension=504&domain=law.example.com&t=a+token`,
    );
    expect((await desk.call('DELETE', '/pbx/api/pairings/504')).status).toBe(204);
  });

  it('shows each pairing, red or green', async () => {
    desk.matterline.plan(`GET ${TENANT}/pairings/`, { status: 200, body: { paired: false } });
    desk.matterline.plan(`GET ${TENANT}/pairings/504/status`, {
      status: 200,
      body: { paired: true, email: 't…@law.example.com', since: '2026-11-22T05:00:00.000Z' },
    });
    const { pairings } = (await desk.call('GET', '/pbx/api/pairings')).body;
    expect(pairings).toMatchObject([
      { extension: '504', paired: true, email: 't…@law.example.com' },
      { extension: '505', paired: false },
    ]);
  });
});
