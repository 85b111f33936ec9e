import { jsonOf } from '../testing/json-of';
import { pbxUnderTest, TENANT, type PbxUnderTest } from '../testing/pbx-under-test';

const MATCH = {
  status: 'match',
  reason: '',
  number: { raw: '3125550142', e164: '+13125550142', display: '312-555-0142' },
  total: 1,
  contacts: [
    {
      id: 'c1',
      name: '<img src=x onerror=alert(1)>',
      company: '',
      matched_on: 'cell',
      url: 'http://sb/us/app/#/billing/view-contact/c1/details',
      matters: [
        {
          id: 'm1',
          number: 'AM-0001',
          title: 'Delgado',
          status: 'Open',
          role: 'Petitioner',
          url: 'http://sb/us/app/#/billing/view-matter/m1',
        },
        { id: 'm2', number: 'AM-0002', title: 'x', status: 'Closed', role: '', url: 'javascript:alert(1)' },
      ],
    },
  ],
  pop: {
    show: true,
    title: 'Incoming call: Maria Delgado',
    text: '312-555-0142',
    url: 'javascript:alert(1)',
    key: 'k',
  },
};

describe('the PBX desk', () => {
  let desk: PbxUnderTest;

  beforeEach(async () => (desk = await pbxUnderTest(MATCH)));
  afterEach(() => desk.stop());

  it('sends the script form of an inbound call with the bearer key, member for member', async () => {
    const { callid } = await desk.phone({
      extension: '504',
      number: '3125550142',
      state: 'ringing',
      direction: 'inbound',
    });
    const [request] = desk.matterline.sent(`POST ${TENANT}/call-events`);
    expect(request?.headers.authorization).toBe('Bearer tenant-key');
    expect(jsonOf(request)).toEqual({
      domain: 'law.example.com',
      callid,
      state: 'ringing',
      direction: 'inbound',
      from: '"3125550142" <sip:3125550142@law.example.com>',
      to: '"Tom Jones" <sip:504@law.example.com>',
      from_name: '',
      to_name: 'Tom Jones',
      extension: '504',
      email: 'tom@law.example.com',
      group: '',
      did: '+13125550100',
      start: expect.any(Number),
      source: 'script',
      v: 1,
    });
  });

  it('turns the ends round for a call out', async () => {
    await desk.phone({ extension: '504', number: '+1 312 555 0142', direction: 'outbound' });
    expect(desk.events()[0]).toMatchObject({
      from: '"Tom Jones" <sip:504@law.example.com>',
      to: '"+1 312 555 0142" <sip:+13125550142@law.example.com>',
    });
  });

  it('keeps callid and start over ringing, connected and terminated', async () => {
    const { callid } = await desk.phone({ extension: '504', number: '3125550142' });
    await desk.phone({ callid, extension: '504', state: 'connected' });
    const { call: after } = await desk.phone({ callid, extension: '504', state: 'terminated' });
    expect(desk.events().map((event) => event['state'])).toEqual(['ringing', 'connected', 'terminated']);
    expect(new Set(desk.events().map((event) => `${String(event['callid'])} ${String(event['start'])}`)).size).toBe(1);
    expect(after).toMatchObject({ connected_s: expect.any(Number), ended_s: expect.any(Number) });
  });

  it('rings a group with one callid, and the others stop when one answers', async () => {
    const { callid } = await desk.phone({ extensions: ['504', '505'], group: '600', number: '3125550142' });
    await desk.phone({ callid, extension: '505', state: 'connected' });
    const told = desk
      .events()
      .map((event) => `${String(event['extension'])} ${String(event['state'])} ${String(event['group'])}`);
    expect(told.slice(0, 2).sort()).toEqual(['504 ringing 600', '505 ringing 600']);
    expect(told.slice(2)).toEqual(['505 connected 600', '504 terminated 600']);
  });

  it('transfers: the second phone rings with the same call, the first one is done', async () => {
    const { callid } = await desk.phone({ extension: '504', number: '3125550142', state: 'connected' });
    await desk.call('POST', '/pbx/api/transfer', { callid, from: '504', to: '505' });
    expect(
      desk
        .events()
        .slice(1)
        .map((event) => [event['extension'], event['state'], event['callid']]),
    ).toEqual([
      ['505', 'ringing', callid],
      ['504', 'terminated', callid],
    ]);
  });

  it('shows the pop-up with its matters, as text, and makes no link of a script', async () => {
    const { status, pop } = await desk.phone({ extension: '504', number: '3125550142' });
    expect(status).toBe('match');
    expect(pop).toEqual({
      show: true,
      title: 'Incoming call: Maria Delgado',
      text: '312-555-0142',
      url: '',
      number: '312-555-0142',
      total: 1,
      contacts: [
        {
          name: '<img src=x onerror=alert(1)>',
          company: '',
          matched_on: 'cell',
          url: 'http://sb/us/app/#/billing/view-contact/c1/details',
          matters: [
            {
              number: 'AM-0001',
              title: 'Delgado',
              status: 'Open',
              role: 'Petitioner',
              url: 'http://sb/us/app/#/billing/view-matter/m1',
            },
            { number: 'AM-0002', title: 'x', status: 'Closed', role: '', url: '' },
          ],
        },
      ],
    });
  });

  const plain = [
    {
      name: 'nobody',
      answer: { status: 200, body: { status: 'no_match', reason: '' } },
      words: 'Nobody in Smokeball has this number. No pop-up.',
    },
    {
      name: 'an internal call',
      answer: { status: 200, body: { status: 'ignored', reason: 'internal' } },
      words: 'Left alone: a call from one extension to another.',
    },
    {
      name: 'no pairing',
      answer: { status: 200, body: { status: 'not_paired', reason: 'never' } },
      words: 'This extension is not paired with Smokeball yet. Press Pair.',
    },
    {
      name: 'a slow Smokeball',
      answer: { status: 200, body: { status: 'unavailable', reason: 'timeout' } },
      words: 'Smokeball did not answer in time. The call goes on without a pop-up.',
    },
    {
      name: 'a wrong key',
      answer: { status: 401, body: { error: { code: 'bad_key', message: 'x' } } },
      words: 'Matterline does not accept the tenant key. Check the key in the settings.',
    },
    {
      name: 'a reason of tomorrow',
      answer: { status: 200, body: { status: 'odd', reason: 'new' } },
      words: 'Matterline answered "odd" (new).',
    },
  ];

  it.each(plain)('says $name in plain words', async ({ answer, words }) => {
    desk.matterline.plan(`POST ${TENANT}/call-events`, answer);
    const { outcomes, pop } = await desk.phone({ extension: '504', number: '3125550142' });
    expect(outcomes).toMatchObject([{ plain: words }]);
    expect(pop).toBeNull();
  });

  it('sends the webhook form: event in the path, extension in the query, Basic sign-in; and shows what the agent page gets', async () => {
    const stream = `: hello\n\nevent: pop\ndata: ${JSON.stringify(MATCH)}\n\n`;
    desk.matterline.plan(`POST ${TENANT}/pairings/504/user-token`, {
      status: 200,
      body: { token: 'user-token', expires_in: 3600 },
    });
    desk.matterline.plan(`GET ${TENANT}/agents/504/events`, {
      status: 200,
      body: stream,
      headers: { 'content-type': 'text/event-stream' },
    });
    desk.matterline.plan(`POST ${TENANT}/webhook/`, { status: 200, body: { status: 'match' } });
    const { callid } = await desk.phone({ extension: '504', number: '3125550142', form: 'webhook' });
    await desk.phone({ callid, extension: '504', state: 'connected' });
    await desk.phone({ callid, extension: '504', state: 'terminated' });
    const sent = desk.matterline.sent(`POST ${TENANT}/webhook/`);
    expect(sent.map((request) => request.path)).toEqual(
      ['newcall', 'connect', 'call'].map((event) => `${TENANT}/webhook/${event}?extension=504`),
    );
    expect(sent[0]?.headers.authorization).toBe(`Basic ${Buffer.from('pbx_01:tenant-key').toString('base64')}`);
    expect(jsonOf(sent[0])).toMatchObject({ from: '"3125550142" <sip:3125550142@law.example.com>', call_id: callid });
    const { agents } = (await desk.call('GET', '/pbx/api/agents?extensions=504')).body;
    expect(agents).toMatchObject({
      '504': { events: [{ event: 'pop', pop: { title: 'Incoming call: Maria Delgado' } }] },
    });
    expect(desk.matterline.sent(`GET ${TENANT}/agents/504/events`)[0]?.headers.authorization).toBeUndefined();
  });

  const wrong = [
    { name: 'no extension', event: { number: '1' }, says: 'name the extension' },
    { name: 'no number', event: { extension: '504' }, says: 'Type the number' },
    { name: 'a strange state', event: { extension: '504', number: '1', state: 'dreaming' }, says: 'state' },
  ];

  it.each(wrong)('refuses $name and sends nothing', async ({ event, says }) => {
    const refused = await desk.call('POST', '/pbx/api/call', event);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain(says);
    expect(desk.events()).toHaveLength(0);
  });

  it('answers 404 for a call that it does not know', async () => {
    expect((await desk.call('POST', '/pbx/api/cdr', { callid: 'none' })).status).toBe(404);
  });
});
