import { cleanEnvironment } from '../support/clean-environment';
import { Program } from '../support/program';
import { PROJECT_DIR } from '../support/project-dir';
import { runCommand } from '../support/run-command';
import { waitFor } from '../support/wait-for';
import { openWorld, type World, WORLD_MS } from '../support/world';

const READS = '--only=phone-search,name-search,deleted-matters,access-token';
const PRIVATE = { client_id: 'firms-own', client_secret: 'its secret', api_key: 'its key' };

/** The command as it is delivered, in a process of its own. */
describe('probe', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  /** Without a database: as an operator's own machine would have it. */
  const alone = async () => {
    const { simulator, env } = world.product;
    const { account_id } = await simulator.firm('us');
    await simulator.registerApp({ tenant: 'us', ...PRIVATE, redirect_uris: [], private_accounts: [account_id] });
    const hosts = Object.entries(env).filter(([name]) => /^SMOKEBALL_US_(AUTH|API|APP)_URL$/.test(name));
    return {
      ...cleanEnvironment(),
      ...Object.fromEntries(hosts),
      DATA_DIR: env['DATA_DIR'] ?? '',
      SMOKEBALL_US_CLIENT_ID: PRIVATE.client_id,
      SMOKEBALL_US_CLIENT_SECRET: PRIVATE.client_secret,
      SMOKEBALL_US_API_KEY: PRIVATE.api_key,
      SMOKEBALL_RATE: '500',
    };
  };

  it('asks with the sign-in of a connected firm, and writes nothing', async () => {
    const { simulator } = world.product;
    const since = await simulator.newestRequest();
    const { code, json, stderr } = await world.product.cli(['probe', '--firm', world.firm.id, READS]);
    expect([code, json.finished, json.records]).toEqual([0, true, []]);
    expect(stderr).toContain(`Asking Smokeball us production at ${simulator.url}/us/api`);
    expect(json.switches).toMatchObject({ phone_search: 'raw', name_search: 'whole', access_token_s: 3600 });
    const writes = (await simulator.requests('us', since)).filter(({ method }) => method !== 'GET');
    expect(writes).toEqual([]);
  }, 120_000);

  it('leaves the firm connected', async () => {
    const { code } = await world.product.cli([
      'probe',
      '--firm',
      world.firm.id,
      '--write',
      '--yes',
      '--only=patch-null',
    ]);
    expect(code).toBe(0);
    const { json } = await world.product.cli(['status']);
    expect(json.firms).toContainEqual(expect.objectContaining({ firm_id: world.firm.id, state: 'connected', webhooks: 'active' })); // prettier-ignore
  }, 120_000);

  it.each<[what: string, args: () => string[], line: RegExp]>([
    ['an unknown firm', () => ['--firm', 'firm_nobody'], /firm_nobody/],
    ['a firm that is not connected', () => ['--firm', world.other.id], /not connected.*console/],
    ['another region than the firm’s', () => ['--firm', world.firm.id, '--region', 'uk'], /region us, not uk/],
    ['an unknown option', () => ['--wirte'], /--wirte/],
    ['no region', () => [], /--region is required/],
    ['no credentials', () => ['--region', 'uk', '--environment', 'staging'], /SMOKEBALL_UK_STAGING_CLIENT_ID/],
  ])(
    'fails with one clear line: %s',
    async (_what, args, line) => {
      const { code, stdout, stderr } = await world.product.cli(['probe', ...args()]);
      expect([code, stdout]).toEqual([1, '']);
      const said = stderr.trim().split('\n');
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(line);
    },
    60_000,
  );

  it('needs neither a database nor a browser with a private application', async () => {
    const args = ['scripts/cli.mjs', 'probe', '--region', 'us', '--client-credentials', READS];
    const { code, stdout } = await runCommand(args, { cwd: PROJECT_DIR, env: await alone() });
    expect(code).toBe(0);
    const last = stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ phone_search: 'raw', client_credentials_token_s: 3600 });
  }, 120_000);

  it('cleans up after Ctrl-C, which a terminal sends to the launcher too', async () => {
    const args = ['scripts/cli.mjs', 'probe', '--region', 'us', '--client-credentials', '--write', '--yes'];
    const program = new Program({
      command: process.execPath,
      args,
      cwd: PROJECT_DIR,
      env: await alone(),
      ownGroup: true,
    });
    await waitFor('the question about leads', () => program.output.includes('May a lead have') || undefined);
    program.signal('SIGINT');
    expect(await program.untilEnded(60_000)).toBe(130);
    expect(program.output).toContain('Cleaning up: contact');
    const { contacts, matters } = await world.product.simulator.firm('us');
    const marked = (records: readonly object[]) =>
      records.filter((one) => JSON.stringify(one).includes('PROBE – delete me'));
    expect(marked(contacts).filter((one) => !('isDeleted' in one && one.isDeleted === true))).toEqual([]);
    expect(marked(matters).map((one) => ('status' in one ? one.status : '')).filter((status) => status !== 'Cancelled' && status !== 'Deleted')).toEqual([]); // prettier-ignore
  }, 120_000);

  it.each([['--help'], ['probe', '--help'], ['help', 'firm:create']])(
    'explains itself without a database: %s %s',
    async (...words) => {
      const env = { ...(await alone()), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
      const { code, stdout } = await runCommand(['scripts/cli.mjs', ...words.filter(Boolean)], {
        cwd: PROJECT_DIR,
        env,
      });
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^Usage: [^]*^Example: /m)]);
    },
    60_000,
  );

  it('is listed beside the other commands', async () => {
    expect((await world.product.cli(['firm:sell'])).stderr).toContain('probe');
  }, 30_000);
});
