import { SECRET_SETTINGS } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { smokeballAppOf } from '../smokeball/smokeball-app';
import { Firms } from './firms';

describe('a firm', () => {
  let one: AppUnderTest;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    ({ firmId, apiKey } = await one.firm());
  });
  afterAll(() => one.close());

  const change = (changes: Record<string, unknown>) =>
    one.inFirm(firmId, (scope) => one.get(Firms).change(scope, changes, 'operator'));
  const settings = async () => (await one.get(Firms).get(firmId)).settings;

  it('is made once for each firm of CaseHug, and shows its secrets only then', async () => {
    const wish = {
      name: 'A',
      caseHugFirmId: `firm_${Math.random()}`,
      region: 'us',
      environment: 'production',
      timezone: 'UTC',
    } as const;
    const first = await one.get(Firms).create(wish);
    const again = await one.get(Firms).create({ ...wish, name: 'B' });
    expect(first).toMatchObject({ apiKey: expect.stringMatching(/^ml_live_/), webhookSecret: expect.any(String) });
    expect(again).toEqual({ firmId: first.firmId, apiKey: null, webhookSecret: null });
    expect([await one.get(Firms).find(first.firmId), await one.get(Firms).find(wish.caseHugFirmId)]).toEqual([
      first.firmId,
      first.firmId,
    ]);
    expect(await one.get(Firms).find("' or 1=1")).toBeNull();
  });

  describe('its settings', () => {
    it('have the contract’s defaults', async () => {
      expect(await settings()).toEqual({
        auto_sync_on_approval: true,
        auto_sync_on_matter_created: false,
        auto_sync_updates: true,
        send_number: true,
        lead: false,
        close_on_archive: false,
        conflict_rule: 'last_writer',
        signature_header: 'X-CaseHug-Signature',
        signature_scheme: 'stripe',
        tolerance_s: 300,
      });
    });

    it('change one by one; what was not given stays', async () => {
      await change({ lead: true });
      await change({ tolerance_s: '60' });
      expect(await settings()).toMatchObject({ lead: true, tolerance_s: 60, send_number: true });
    });

    it('that are unknown or wrong are all named at once, and then nothing is changed', async () => {
      const wrong = change({
        lead: 'yes',
        tolerance_s: 1,
        colour: 'red',
        smokeball_api_key: 5,
        send_number: false,
        signature_header: 'X Y',
      });
      await expect(wrong).rejects.toMatchObject({ code: 'validation_error' });
      const fields = await wrong.catch((error: { details: { fields: { field: string }[] } }) =>
        error.details.fields.map(({ field }) => field).sort(),
      );
      expect(fields).toEqual([
        'settings.colour',
        'settings.lead',
        'settings.signature_header',
        'settings.smokeball_api_key',
        'settings.tolerance_s',
      ]);
      expect(await settings()).toMatchObject({ lead: false, send_number: true, tolerance_s: 300 });
    });

    it.each(['__proto__', 'constructor', 'firm_id'])('called %s are unknown', async (key) => {
      await expect(change(Object.fromEntries([[key, true]]))).rejects.toMatchObject({ code: 'validation_error' });
    });

    it('of one firm are not another’s', async () => {
      await change({ lead: true });
      const other = await one.firm();
      expect((await one.get(Firms).get(other.firmId)).settings.lead).toBe(false);
    });
  });

  describe('its secrets', () => {
    const CANARY = 'canary-of-a-secret';

    it('are never given back, by no answer', async () => {
      await change(Object.fromEntries(SECRET_SETTINGS.map((name) => [name, CANARY])));
      const headers = { 'x-api-key': apiKey };
      for (const call of [
        { method: 'GET', url: '/api/v1/integrations/smokeball/status' },
        {
          method: 'PATCH',
          url: '/api/v1/integrations/smokeball/status',
          payload: { settings: { casehug_api_key: CANARY } },
        },
      ] as const) {
        const answer = await one.app.inject({ ...call, headers });
        expect(answer.statusCode).toBe(200);
        expect(answer.body).not.toContain(CANARY);
      }
      expect(JSON.stringify(await settings())).not.toContain(CANARY);
    });

    it('are sealed, and the record of the change holds their names only', async () => {
      await change({ casehug_api_key: CANARY });
      const rows = await one.database.query<{ text: string }>(
        `select s::text as text from firm_secrets s where firm_id = $1 union all select a::text from audit_entries a where firm_id = $1`,
        [firmId],
      );
      for (const { text } of rows)
        for (const form of [CANARY, Buffer.from(CANARY).toString('hex')]) expect(text).not.toContain(form);
      expect(rows.some(({ text }) => text.includes('casehug_api_key'))).toBe(true);
    });

    it('are read back by us, replaced, and taken away with null or nothing', async () => {
      const secret = () => one.inFirm(firmId, (scope) => one.get(Firms).secret(scope, 'casehug_api_key'));
      await change({ casehug_api_key: 'first' });
      expect(await secret()).toBe('first');
      await change({ casehug_api_key: 'second' });
      expect(await secret()).toBe('second');
      await change({ casehug_api_key: null });
      expect(await secret()).toBeNull();
      await change({ casehug_api_key: '' });
      expect(await secret()).toBeNull();
    });

    it('moved to another name do not open', async () => {
      await change({ casehug_api_key: 'first', smokeball_api_key: 'second' });
      await one.database.query(
        `update firm_secrets a set value_enc = b.value_enc from firm_secrets b where a.firm_id = $1 and b.firm_id = $1 and a.name = 'casehug_api_key' and b.name = 'smokeball_api_key'`,
        [firmId],
      );
      await expect(one.inFirm(firmId, (scope) => one.get(Firms).secret(scope, 'casehug_api_key'))).rejects.toThrow();
    });
  });

  describe('the credentials for Smokeball', () => {
    const ALL = { SMOKEBALL_CLIENT_ID: 'all', SMOKEBALL_CLIENT_SECRET: 'all-s', SMOKEBALL_API_KEY: 'all-k' };
    const AU_STAGING = { SMOKEBALL_AU_STAGING_CLIENT_ID: 'au-st', SMOKEBALL_AU_STAGING_API_KEY: 'au-st-k' };
    const AU = { SMOKEBALL_AU_CLIENT_ID: 'au', SMOKEBALL_AU_CLIENT_SECRET: 'au-s', SMOKEBALL_AU_API_KEY: 'au-k' };
    const OWN = { smokeball_client_id: 'own', smokeball_client_secret: 'own-s', smokeball_api_key: 'own-k' };
    const table: readonly [
      string,
      Record<string, string>,
      Record<string, string>,
      'production' | 'staging',
      [string, string | null, string] | null,
    ][] = [
      ['none', {}, {}, 'production', null],
      ['for all', ALL, {}, 'production', ['all', 'all-s', 'all-k']],
      ['for all, also in staging', ALL, {}, 'staging', ['all', 'all-s', 'all-k']],
      ['of the region before those for all', { ...ALL, ...AU }, {}, 'production', ['au', 'au-s', 'au-k']],
      [
        'of the region’s production are not for its staging',
        { ...ALL, ...AU },
        {},
        'staging',
        ['all', 'all-s', 'all-k'],
      ],
      [
        'of the staging before those for all, part by part',
        { ...ALL, ...AU, ...AU_STAGING },
        {},
        'staging',
        ['au-st', 'all-s', 'au-st-k'],
      ],
      ['the firm’s own before all others', { ...ALL, ...AU }, OWN, 'production', ['own', 'own-s', 'own-k']],
      ['the firm’s own alone', {}, OWN, 'production', ['own', 'own-s', 'own-k']],
      [
        'an app without a secret',
        { SMOKEBALL_CLIENT_ID: 'all', SMOKEBALL_API_KEY: 'k' },
        {},
        'production',
        ['all', null, 'k'],
      ],
      [
        'without an API key there are none',
        { SMOKEBALL_CLIENT_ID: 'all', SMOKEBALL_CLIENT_SECRET: 's' },
        {},
        'production',
        null,
      ],
      ['without a client id there are none', { SMOKEBALL_API_KEY: 'k' }, {}, 'production', null],
      [
        'an empty value is none',
        { ...ALL, SMOKEBALL_AU_CLIENT_ID: '', SMOKEBALL_API_KEY: 'k' },
        {},
        'production',
        ['all', 'all-s', 'k'],
      ],
      [
        'of another region are not taken',
        { SMOKEBALL_UK_CLIENT_ID: 'uk', SMOKEBALL_UK_API_KEY: 'uk-k' },
        {},
        'production',
        null,
      ],
    ];
    it.each(table)('%s', async (_name, env, own, environment, expected) => {
      const au = await one.firm({ region: 'au', environment });
      const found = await one.inFirm(au.firmId, async (scope) => {
        await one.get(Firms).change(scope, own, 'operator');
        return await smokeballAppOf(scope, one.get(Firms), env, { region: 'au', environment });
      });
      expect(found && [found.clientId, found.clientSecret, found.apiKey]).toEqual(expected);
    });
  });
});
