import { createHmac } from 'node:crypto';
import { Firms } from '@matterline/auth';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';

describe('CaseHug’s deliveries', () => {
  let one: AppUnderTest;
  let firm: { readonly firmId: string; readonly webhookSecret: string; readonly caseHugFirmId: string };

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    const caseHugFirmId = `firm_${Math.random().toString(36).slice(2)}`;
    firm = { ...(await one.firm({ caseHugFirmId })), caseHugFirmId };
  });
  afterAll(() => one.close());

  const event = (change: object = {}) =>
    JSON.stringify({
      id: 'evt_1',
      type: 'intake.completed',
      created_at: '2026-03-07T14:00:00Z',
      firm_id: firm.caseHugFirmId,
      data: { id: 'mat_1' },
      ...change,
    });
  const send = async (
    body: string,
    {
      secret = firm.webhookSecret,
      atMs = one.clock.nowMs(),
      header = 'x-casehug-signature',
      type = 'application/json',
    } = {},
  ) => {
    const stamp = Math.floor(atMs / 1000);
    const signature = `t=${stamp},v1=${createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex')}`;
    const answer = await one.app.inject({
      method: 'POST',
      url: '/api/v1/integrations/casehug/events',
      headers: { [header]: signature, 'content-type': type },
      payload: body,
    });
    return { status: answer.statusCode, text: answer.body };
  };
  const stored = () =>
    one.database.query<{ type: string; resource_id: string }>(
      `select type, resource_id from events_in where firm_id = $1 and source = 'casehug'`,
      [firm.firmId],
    );

  it('are stored before they are answered; a repeat is stored once', async () => {
    expect((await send(event())).status).toBe(202);
    expect((await send(event())).status).toBe(200);
    expect(await stored()).toEqual([{ type: 'intake.completed', resource_id: 'mat_1' }]);
  });

  it('of an unknown type are kept too', async () => {
    expect((await send(event({ type: 'planet.aligned' }))).status).toBe(202);
    expect(await stored()).toHaveLength(1);
  });

  it('with a bad signature, of an unknown firm and unreadable get the same answer, and nothing is stored', async () => {
    const answers = [
      await send(event(), { secret: 'other' }),
      await send(event(), { header: 'x-other' }),
      await send(event({ firm_id: 'firm_nobody' })),
      await send('{"firm_id":'),
      await send(''),
      await send(event(), { atMs: one.clock.nowMs() - 301_000 }),
      await send(event(), { atMs: one.clock.nowMs() + 301_000 }),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(await stored()).toEqual([]);
  });

  it('signed with another firm’s secret are refused', async () => {
    const other = await one.firm();
    expect((await send(event(), { secret: other.webhookSecret })).status).toBe(401);
  });

  it('are good with the old and the new secret while both are set', async () => {
    await one.inFirm(firm.firmId, (scope) => one.get(Firms).change(scope, { casehug_secret_next: 'next' }, 'operator'));
    expect((await send(event(), { secret: 'next' })).status).toBe(202);
    expect((await send(event({ id: 'evt_2' }))).status).toBe(202);
  });

  it('come in the header that the firm set', async () => {
    await one.inFirm(firm.firmId, (scope) =>
      one.get(Firms).change(scope, { signature_header: 'X-Hook-Sig' }, 'operator'),
    );
    expect((await send(event())).status).toBe(401);
    expect((await send(event(), { header: 'x-hook-sig' })).status).toBe(202);
  });

  it('are read whatever their content type', async () => {
    expect((await send(event(), { type: 'text/plain' })).status).toBe(202);
  });

  it.each([{ id: undefined }, { type: '' }, { data: [] }, { id: 5 }])(
    'that lack a part are named wrong: %j',
    async (change) => {
      const answer = await send(event(change));
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({
        error: { code: 'validation_error', details: { fields: [{ field: Object.keys(change)[0] }] } },
      });
    },
  );
});
