import { jsonOf } from '../testing/json-of';
import { pbxUnderTest, type PbxUnderTest } from '../testing/pbx-under-test';

const SECOND = '/api/v1/vodia/pbx_02';

describe('several tenants and transfers at the PBX desk', () => {
  let desk: PbxUnderTest;

  beforeEach(async () => {
    desk = await pbxUnderTest({ status: 'no_match', reason: '' });
    desk.matterline.plan(`PUT ${SECOND}/extensions`, { status: 200, body: { count: 1 } });
    desk.matterline.plan(`POST ${SECOND}/call-events`, { status: 200, body: { status: 'no_match', reason: '' } });
  });
  afterEach(() => desk.stop());

  const addSecond = () =>
    desk.call('PUT', '/_sim/pbx', {
      api_url: desk.matterline.url,
      tenant_id: 'pbx_02',
      tenant_key: 'second-key',
      domain: 'sydney.example.com',
      country: 'AU',
      extensions: [{ extension: '504', name: 'Zoe Hart', email: 'zoe@sydney.example.com' }],
    });
  const told = () => desk.events().map((event) => `${String(event['extension'])} ${String(event['state'])}`);

  it('keeps a second tenant beside the first, each with its own key, phones and calls', async () => {
    await addSecond();
    await desk.call('POST', '/pbx/api/call?tenant=pbx_02', { extension: '504', number: '0290115974' });
    await desk.call('POST', '/pbx/api/call?tenant=pbx_01', { extension: '504', number: '3125550142' });
    const [sydney] = desk.matterline.sent(`POST ${SECOND}/call-events`);
    expect(sydney?.headers.authorization).toBe('Bearer second-key');
    expect(jsonOf(sydney)).toMatchObject({ domain: 'sydney.example.com', email: 'zoe@sydney.example.com' });
    expect(desk.events()).toMatchObject([{ domain: 'law.example.com', email: 'tom@law.example.com' }]);
    const calls = async (tenant: string) => (await desk.call('GET', `/pbx/api/calls?tenant=${tenant}`)).body['calls'];
    expect(await calls('pbx_01')).toMatchObject([{ number: '3125550142' }]);
    expect(await calls('pbx_02')).toMatchObject([{ number: '0290115974' }]);
  });

  it('lists the tenants, changes one by its id and keeps its key', async () => {
    await addSecond();
    await desk.call('PUT', '/_sim/pbx', { tenant_id: 'pbx_01', did: '+13125550111' });
    const { body } = await desk.call('GET', '/_sim/pbx?tenant=pbx_01');
    expect(body).toMatchObject({ did: '+13125550111', domain: 'law.example.com' });
    expect(body['tenants']).toEqual([
      { tenant_id: 'pbx_01', domain: 'law.example.com', country: 'US' },
      { tenant_id: 'pbx_02', domain: 'sydney.example.com', country: 'AU' },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/tenant-key|second-key/);
    await desk.phone({ extension: '504', number: '3125550142' });
    expect(desk.matterline.sent('POST /api/v1/vodia/pbx_01/call-events')[0]?.headers.authorization).toBe(
      'Bearer tenant-key',
    );
  });

  it('takes a tenant away, and the other one stays', async () => {
    await addSecond();
    const { body } = await desk.call('DELETE', '/_sim/pbx?tenant=pbx_02');
    expect(body).toMatchObject({ tenant_id: 'pbx_01', tenants: [{ tenant_id: 'pbx_01' }] });
    expect((await desk.call('GET', '/pbx/api/calls?tenant=pbx_02')).status).toBe(404);
    expect((await desk.call('DELETE', '/_sim/pbx?tenant=pbx_02')).status).toBe(404);
  });

  it('asks for the key of a tenant that is new', async () => {
    const refused = await desk.call('PUT', '/_sim/pbx', {
      tenant_id: 'pbx_03',
      domain: 'x.example.com',
      api_url: desk.matterline.url,
    });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('tenant_key');
  });

  it('asks a colleague first, then hands the caller over: the other phone rings and has the call', async () => {
    const { callid } = await desk.phone({ extension: '504', number: '3125550142', state: 'connected' });
    const asked = await desk.call('POST', '/pbx/api/consult', { callid, from: '504', to: '505' });
    const consult = asked.body['call'] as Record<string, unknown>;
    expect(consult).toMatchObject({ consult_for: callid, number: '504', direction: 'inbound' });
    expect(desk.events()[1]).toMatchObject({
      callid: consult['callid'],
      extension: '505',
      state: 'ringing',
      from: '"Tom Jones" <sip:504@law.example.com>',
      to: '"Ann Lee" <sip:505@law.example.com>',
    });
    await desk.phone({ callid: consult['callid'], extension: '505', state: 'connected' });
    await desk.call('POST', '/pbx/api/transfer', { callid, from: '504', to: '505', kind: 'attended' });
    expect(told().slice(3)).toEqual(['505 terminated', '505 ringing', '505 connected', '504 terminated']);
    expect(
      desk
        .events()
        .slice(4)
        .every((event) => event['callid'] === callid),
    ).toBe(true);
  });

  const wrong = [
    { name: 'a transfer to the same phone', path: 'transfer', body: { from: '504', to: '504' }, status: 400 },
    { name: 'a question to oneself', path: 'consult', body: { from: '504', to: '504' }, status: 400 },
    { name: 'a transfer of no call', path: 'transfer', body: { callid: 'none', from: '504', to: '505' }, status: 404 },
    {
      name: 'a strange kind of transfer',
      path: 'transfer',
      body: { from: '504', to: '505', kind: 'psychic' },
      status: 400,
    },
  ];

  it.each(wrong)('refuses $name', async ({ path, body, status }) => {
    const { callid } = await desk.phone({ extension: '504', number: '3125550142', state: 'connected' });
    expect((await desk.call('POST', `/pbx/api/${path}`, { callid, ...body })).status).toBe(status);
    expect(told()).toEqual(['504 connected']);
  });

  it('keeps what went out beside each answer', async () => {
    const { call } = await desk.phone({ extension: '504', number: '3125550142' });
    expect(call).toMatchObject({ legs: [{ outcomes: [{ sent: desk.events()[0] }] }] });
  });
});
