import { OTHER_APP, ProbedSimulator, type RunOptions } from './probed-simulator';

const WRITE = ['--write'];
const RECEIVE = ['receive'];
const SECOND = ['--second-sign-in', '--write'];
const THROTTLE = ['--throttle'];
const OTHER = {
  SMOKEBALL_SECOND_CLIENT_ID: OTHER_APP.client_id,
  SMOKEBALL_SECOND_CLIENT_SECRET: OTHER_APP.client_secret,
  SMOKEBALL_SECOND_API_KEY: OTHER_APP.api_key,
};
/** Clients that can be read only after a matter of theirs was sent, and before it is applied. */
const LATE = { visibility_by_resource: { contacts: { min: 1000, max: 1000 }, matters: { min: 2500, max: 2500 } } };
const bucket = (more: object) => ({ bucket: { enabled: true, rate: 5, burst: 5, fixed_window: false, per_endpoint: false, retry_after_s: null, ...more } }); // prettier-ignore

type Row = readonly [
  question: string,
  position: Readonly<Record<string, unknown>>,
  args: readonly string[],
  /** Which switches the probe must then name. */
  names: readonly string[],
  options?: RunOptions,
];

const PHONE = ['phone_search', 'phone_search_fax', 'phone_search_fields'];
const ROWS: readonly Row[] = [
  ['phone-search', { phone_search: 'raw' }, [], ['phone_search']],
  ['phone-search', { phone_search: 'lenient' }, [], ['phone_search']],
  ['phone-search', { phone_search: 'raw', phone_search_fax: true }, WRITE, PHONE],
  ['phone-search', { phone_search: 'lenient', phone_search_fax: false }, WRITE, PHONE],
  ['phone-search', { phone_search_fields: ['phone'] }, WRITE, PHONE],
  ['phone-search', { phone_search_fields: ['phone', 'cell'], phone_search: 'lenient' }, WRITE, PHONE],
  ['name-search', { name_search: 'whole' }, [], ['name_search']],
  ['name-search', { name_search: 'parts' }, [], ['name_search']],
  ['deleted-matters', { list_excludes_deleted_matters: false }, [], ['list_excludes_deleted_matters']],
  ['deleted-matters', { list_excludes_deleted_matters: true }, [], ['list_excludes_deleted_matters']],
  ['matter-numbers', { unique_matter_numbers: false }, WRITE, ['unique_matter_numbers']],
  ['matter-numbers', { unique_matter_numbers: true }, WRITE, ['unique_matter_numbers']],
  ['matter-numbers', { unique_matter_numbers: true, sync_checks: 'all' }, WRITE, ['sync_checks', 'unique_matter_numbers']], // prettier-ignore
  ['lead-types', { lead_takes_matter_type: false }, WRITE, ['lead_takes_matter_type']],
  ['lead-types', { lead_takes_matter_type: true }, WRITE, ['lead_takes_matter_type']],
  ['file-names', { duplicate_file_names: 'allowed' }, WRITE, ['duplicate_file_names']],
  ['file-names', { duplicate_file_names: 'refused' }, WRITE, ['duplicate_file_names']],
  ['file-names', { duplicate_file_names: 'numbered' }, WRITE, ['duplicate_file_names']],
  ['tag-colors', { tag_colors: [] }, WRITE, ['tag_colors']],
  ['tag-colors', { tag_colors: ['Brown', 'Light Blue'] }, WRITE, ['tag_colors']],
  ['webhooks-listed', { webhooks_listed_by: 'client' }, SECOND, ['webhooks_listed_by'], { env: OTHER }],
  ['webhooks-listed', { webhooks_listed_by: 'account' }, SECOND, ['webhooks_listed_by'], { env: OTHER }],
  ['access-token', { access_token_s: 3600, rotate_refresh_tokens: false }, [], ['access_token_s', 'rotate_refresh_tokens']], // prettier-ignore
  ['access-token', { access_token_s: 900, rotate_refresh_tokens: true }, [], ['access_token_s', 'rotate_refresh_tokens']], // prettier-ignore
  ['reference-checks', { reference_checks: 'accepted', ...LATE }, [...WRITE, '--wait=4'], ['reference_checks', 'sync_checks']], // prettier-ignore
  ['reference-checks', { reference_checks: 'applied', ...LATE }, [...WRITE, '--wait=4'], ['reference_checks', 'sync_checks']], // prettier-ignore
  ['reference-checks', { sync_checks: 'all' }, WRITE, ['reference_checks', 'sync_checks']],
  ['patch-null', { patch_null: 'clears' }, WRITE, ['patch_null']],
  ['patch-null', { patch_null: 'ignored' }, WRITE, ['patch_null']],
  ['patch-null', { patch_null: 'refused' }, WRITE, ['patch_null']],
  ['absent-is-lead', { omitted_is_lead_means_false: false }, WRITE, ['omitted_is_lead_means_false']],
  ['absent-is-lead', { omitted_is_lead_means_false: true }, WRITE, ['omitted_is_lead_means_false']],
  ['upload-address', { upload_url_ttl_s: 3600 }, WRITE, ['upload_url_ttl_s']],
  ['upload-address', { upload_url_ttl_s: 900 }, WRITE, ['upload_url_ttl_s']],
  ['fan-out', { fan_out: true, fan_out_shares_request_id: true }, RECEIVE, ['fan_out', 'fan_out_shares_request_id']],
  ['fan-out', { fan_out: true, fan_out_shares_request_id: false }, RECEIVE, ['fan_out', 'fan_out_shares_request_id']],
  ['fan-out', { fan_out: false }, RECEIVE, ['fan_out']],
  ['files-updated', { files_updated_payload: 'cursor' }, RECEIVE, ['files_updated_payload']],
  ['files-updated', { files_updated_payload: 'bare' }, RECEIVE, ['files_updated_payload']],
  ['files-updated', { files_updated_payload: 'file' }, RECEIVE, ['files_updated_payload']],
  ['tag-events', { tag_events: false }, RECEIVE, ['tag_events']],
  ['tag-events', { tag_events: true }, RECEIVE, ['tag_events']],
  ['webhook-retries', { webhook_retry_ms: [] }, [...RECEIVE, '--retry-wait=2'], ['webhook_retry_ms']],
  ['webhook-retries', { webhook_retry_ms: [1000, 2000], webhook_retry_keeps_signature: false }, [...RECEIVE, '--retry-wait=3'], ['webhook_retry_keeps_signature', 'webhook_retry_ms']], // prettier-ignore
  ['webhook-retries', { webhook_retry_ms: [1500], webhook_retry_keeps_signature: true }, [...RECEIVE, '--retry-wait=3'], ['webhook_retry_keeps_signature', 'webhook_retry_ms']], // prettier-ignore
  ['throttle', bucket({}), THROTTLE, ['bucket']],
  ['throttle', bucket({ fixed_window: true, retry_after_s: 1 }), THROTTLE, ['bucket']],
  ['throttle', bucket({ rate: 10, burst: 8, per_endpoint: true }), THROTTLE, ['bucket']],
  ['throttle', { bucket: { enabled: false } }, THROTTLE, ['bucket']],
];

describe('the probe tells the position of each switch', () => {
  let probed: ProbedSimulator;
  let usual: Record<string, unknown>;
  beforeAll(async () => {
    probed = await ProbedSimulator.start();
    usual = (await probed.control('GET', '/switches')) as Record<string, unknown>;
  });
  afterAll(() => probed.close());
  beforeEach(async () => {
    await probed.control('POST', '/reset', {});
    await probed.switches(usual);
  });

  const run = async (question: string, args: readonly string[], options?: RunOptions) => {
    const given = args.flatMap((arg) => (arg === 'receive' ? probed.receiving : [arg]));
    return await probed.run([`--only=${question}`, ...given], options);
  };

  // Jest takes a parameter that a row does not fill for its callback.
  it.each(
    ROWS.map(([question, position, args, names, options = {}]) => [question, position, args, names, options] as const),
  )(
    '%s: %j %j',
    async (question, position, args, names, options) => {
      await probed.switches(position);
      const { code, report, said } = await run(question, args, options);
      const [finding] = report.findings;
      expect({ finding, said: finding?.state === 'settled' ? '' : said }).toEqual({
        finding: expect.objectContaining({ id: question, state: 'settled' }),
        said: '',
      });
      expect(Object.keys(report.switches).sort()).toEqual(names);
      const real = (await probed.control('GET', '/switches')) as Record<string, unknown>;
      expect(real).toMatchObject(report.switches);
      // What is printed can be pasted: it is taken, and changes nothing.
      await probed.switches(report.switches);
      expect(await probed.control('GET', '/switches')).toEqual(real);
      expect(code).toBe(0);
      expect(await probed.leftovers()).toEqual([]);
    },
    60_000,
  );

  it('tells a list per user by a second person of the same application', async () => {
    await probed.switches({ webhooks_listed_by: 'user' });
    const onSay = (text: string) => {
      if (text.startsWith('A second sign-in'))
        void probed.switches({ auto_approve_email: 'anna.lee@harborpine.example' });
    };
    const { report } = await run('webhooks-listed', SECOND, { onSay });
    expect(report.switches).toEqual({ webhooks_listed_by: 'user' });
  }, 60_000);

  it.each([false, true])('makes a deleted matter where there is none (excluded: %s)', async (isExcluded) => {
    await probed.switches({ list_excludes_deleted_matters: isExcluded });
    const state = (await probed.control('GET', '/us-staging/state')) as { firms: { matters: { id: string; status: string }[] }[] }; // prettier-ignore
    const deleted = state.firms[0]?.matters.find(({ status }) => status === 'Deleted')?.id;
    await probed.control('POST', `/us-staging/as-user/matters/${deleted}`, { status: 'Open' });
    expect((await run('deleted-matters', [])).report.findings[0]?.state).toBe('not_settled');
    const { report } = await run('deleted-matters', WRITE);
    expect(report.switches).toEqual({ list_excludes_deleted_matters: isExcluded });
  });

  it.each([30, 180])('tells a refresh token of %d days from an old sign-in', async (days) => {
    await probed.switches({ refresh_token_days: days });
    const stdin = await probed.tokenAnswer();
    await probed.control('POST', '/clock', { advance_ms: 40 * 86_400_000 });
    const consentedOn = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    const { report, code } = await run('refresh-lifetime', ['--token-stdin', `--consented-on=${consentedOn}`], {
      stdin,
    });
    expect([report.switches, code]).toEqual([{ refresh_token_days: days }, days === 30 ? 1 : 0]);
    await probed.control('POST', '/reset', {});
  });

  it.each([3600, 21_600])('tells the lifetime of a private application’s token: %d s', async (lifetimeS) => {
    await probed.switches({ client_credentials_token_s: lifetimeS });
    const state = (await probed.control('GET', '/us-staging/state')) as { firms: { account_id: string }[] };
    await probed.makePrivate([state.firms[0]?.account_id ?? '']);
    const { report } = await run('access-token', ['--client-credentials']);
    expect(report.switches).toEqual({ client_credentials_token_s: lifetimeS });
  });
});
