import { EXIT } from '../../apps/cli/src/probe/run-probe';
import { freePort } from '../support/free-port';
import { ProbedSimulator, type RunOptions } from './probed-simulator';

const MATTER_QUESTIONS = '--only=matter-numbers,patch-null,upload-address,name-search';

describe('the probe under bad conditions', () => {
  let probed: ProbedSimulator;
  let usual: Record<string, unknown>;
  beforeAll(async () => {
    probed = await ProbedSimulator.start();
    usual = (await probed.control('GET', '/switches')) as Record<string, unknown>;
  });
  afterAll(() => probed.close());
  beforeEach(async () => {
    await probed.control('DELETE', '/faults');
    await probed.control('POST', '/reset', {});
    await probed.switches(usual);
  });

  const states = (run: Awaited<ReturnType<ProbedSimulator['run']>>) =>
    Object.fromEntries(run.report.findings.map(({ id, state }) => [id, state]));

  it.each<[what: string, args: string[], options: RunOptions, line: RegExp]>([
    ['an unknown option', ['--wirte'], {}, /--wirte/],
    ['a word too many', ['everything'], {}, /everything/],
    ['a region that is none', ['--region=fr'], {}, /us, au, uk/],
    ['an environment that is none', ['--environment=test'], {}, /production, staging/],
    ['two ways to sign in', ['--token-stdin', '--client-credentials'], {}, /one of --firm, --token-stdin/],
    ['a question that is none', ['--only=phones'], {}, /phones.*phone-search/],
    ['a receiver without --write', ['--receiver-url=https://x.example'], {}, /--receiver-url needs --write/],
    ['a receiver that is no address', ['--write', '--receiver-url=x.example'], {}, /must be a web address/],
    ['a time that is none', ['--wait=long'], {}, /--wait must be a number/],
    ['a date that is none', ['--consented-on=yesterday'], {}, /date such as/],
    ['no credentials', [], { env: { SMOKEBALL_US_STAGING_CLIENT_ID: '' } }, /SMOKEBALL_US_STAGING_CLIENT_ID/],
    ['no credentials for the region', ['--region=au'], {}, /SMOKEBALL_AU_STAGING_CLIENT_ID.*--firm/],
    ['a wrong secret', [], { env: { SMOKEBALL_US_STAGING_CLIENT_SECRET: 'wrong' } }, /invalid_client.*_CLIENT_SECRET/],
    ['a wrong API key', [], { env: { SMOKEBALL_US_STAGING_API_KEY: 'wrong' } }, /API key \(403\)/],
    ['an address that is none', [], { env: { SMOKEBALL_US_STAGING_API_URL: 'smokeball' } }, /_API_URL/],
    ['nothing there', [], { env: { SMOKEBALL_US_STAGING_API_URL: 'http://127.0.0.1:1' } }, /no answer.*GET \/firm/],
    ['a token of somebody else', ['--token-stdin'], { stdin: 'x'.repeat(40) }, /access token \(401\).*Sign in anew/],
    ['no token at all', ['--token-stdin'], { stdin: '\n' }, /Standard input holds no token/],
    ['a public application’s client credentials', ['--client-credentials'], {}, /unauthorized_client/],
  ])(
    'fails with one line that helps: %s',
    async (_what, args, options, line) => {
      const failure = await probed.run(args, options).then(
        () => 'no failure',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
      expect(failure).toMatch(line);
      expect(failure.split('\n')).toHaveLength(1);
    },
    30_000,
  );

  it('names the missing scope when the application was not granted it', async () => {
    await probed.control('PUT', '/apps', { ...probed.app, scopes: ['firm/read', 'contacts/read'] });
    const run = await probed.run(['--only=name-search,deleted-matters']);
    await probed.control('PUT', '/apps', { ...probed.app, scopes: null });
    expect(states(run)).toEqual({ 'name-search': 'settled', 'deleted-matters': 'not_settled' });
    expect(run.report.findings[1]).toMatchObject({
      reason: expect.stringMatching(/403/),
      next: expect.stringMatching(/scope/),
    });
  });

  it('writes nothing without --write', async () => {
    const before = await probed.writes();
    const run = await probed.run([]);
    expect((await probed.writes()).slice(before.length)).toEqual([]);
    expect([run.code, run.report.records]).toEqual([EXIT.done, []]);
    expect(run.report.findings).toHaveLength(20);
  });

  it('says neither secrets nor what stands in the records', async () => {
    const token = JSON.parse(await probed.tokenAnswer()) as { access_token: string; refresh_token: string };
    const stdin = JSON.stringify(token);
    const answers = [true, true];
    const run = await probed.run([...probed.receiving, '--token-stdin', '--retry-wait=1'], {
      stdin,
      answers,
      plain: true,
    });
    const all = run.out + run.said;
    const state = (await probed.control('GET', '/us-staging/state')) as { firms: { contacts: { person?: { firstName?: string; lastName?: string; email?: string; phone?: { number?: string } } }[]; matters: { number?: string }[] }[] }; // prettier-ignore
    const secrets = [token.access_token, token.refresh_token, ...Object.values(probed.env).filter((value) => /secret|key/.test(value))]; // prettier-ignore
    const records = state.firms.flatMap(({ contacts, matters }) => [
      ...contacts.flatMap(({ person }) => [person?.email, person?.phone?.number, person?.lastName]),
      ...matters.map(({ number }) => number),
    ]);
    const told = [...secrets, ...records].filter((text) => text && !text.startsWith('PROBE') && all.includes(text));
    expect(told).toEqual([]);
    expect(all).toContain('PATCH /_sim/switches');
  }, 60_000);

  it('goes on when Smokeball answers 500 midway, and cleans up', async () => {
    await probed.break('POST /matters', { status: 500 });
    const run = await probed.run([...['--write'], MATTER_QUESTIONS]);
    expect(states(run)).toEqual({ 'matter-numbers': 'not_settled', 'patch-null': 'not_settled', 'upload-address': 'not_settled', 'name-search': 'settled' }); // prettier-ignore
    expect(run.code).toBe(EXIT.done);
    expect(await probed.leftovers()).toEqual([]);
  }, 60_000);

  it('repeats reads that stumble', async () => {
    await probed.break('GET /contacts', { status: 503 }, 2);
    await probed.break('GET /firm', { status: 429 }, 2);
    expect(states(await probed.run(['--only=name-search']))).toEqual({ 'name-search': 'settled' });
  }, 60_000);

  it.each(['POST /contacts', 'POST /matters', 'POST /matters/{matterId}/documents/files', 'POST /webhooks'])(
    'finds and removes what a broken %s left without an id',
    async (route) => {
      await probed.break(route, { reset: 'after' }, 1);
      const run = await probed.run([...probed.receiving, '--only=patch-null,upload-address,fan-out']);
      expect(run.code).toBe(EXIT.done);
      expect(await probed.leftovers()).toEqual([]);
    },
    60_000,
  );

  it.each([1, 4, 6, 11, 13, 15, 17])(
    'cleans up after Ctrl-C in question %d',
    async (question) => {
      const [asking, before] = [new AbortController(), (await probed.writes()).length];
      const onSay = (text: string) => {
        if (text.startsWith(`[${question}/`)) setTimeout(() => asking.abort(), 30);
      };
      const run = await probed.run([...probed.receiving], { signal: asking.signal, onSay });
      expect([run.code, run.report.finished]).toEqual([EXIT.interrupted, false]);
      expect((await probed.writes()).length).toBeGreaterThan(before);
      expect(await probed.leftovers()).toEqual([]);
    },
    60_000,
  );

  it('lists what cannot be removed, and says so by its exit code', async () => {
    await probed.break('DELETE /contacts/{id}', { status: 400 });
    const run = await probed.run(['--write', '--only=patch-null']);
    expect(run.code).toBe(EXIT.leftBehind);
    expect(run.report.records).toContainEqual(expect.objectContaining({ kind: 'contact', state: 'left', how: 'Smokeball answered 400' })); // prettier-ignore
    expect(await probed.leftovers()).toEqual(['contact']);
  });

  it('removes in the next run what a killed one left', async () => {
    const dead = AbortSignal.abort();
    const asking = new AbortController();
    const onSay = (text: string) => void (text.startsWith('[14/') && asking.abort());
    const killed = await probed.run([...probed.receiving], { signal: asking.signal, hardStop: dead, onSay });
    expect(killed.code).toBe(EXIT.leftBehind);
    expect((await probed.leftovers()).length).toBeGreaterThan(2);
    await probed.run(['--write', '--only=name-search']);
    expect(await probed.leftovers()).toEqual([]);
  }, 60_000);

  it('asks before it writes into production', async () => {
    const env = Object.fromEntries(
      Object.entries(probed.env).map(([name, value]) => [name.replace('_STAGING', ''), value]),
    );
    const run = (more: string[], answers: (boolean | null)[]) =>
      probed.run(['--environment=production', '--only=patch-null', '--write', ...more], { env, answers });
    const before = (await probed.writes()).length;
    for (const answer of [null, false]) await expect(run([], [answer])).rejects.toThrow(/Nothing was written/);
    expect((await probed.writes()).length).toBe(before);
    expect((await run([], [true])).code).toBe(EXIT.done);
    expect((await run(['--yes'], [])).code).toBe(EXIT.done);
  }, 60_000);

  it('says that no webhook arrived when the tunnel leads nowhere, and asks the rest', async () => {
    const args = [
      '--write',
      `--receiver-url=http://127.0.0.1:${await freePort()}`,
      `--receiver-port=${probed.receiverPort}`,
    ];
    const run = await probed.run([...args, '--only=fan-out,tag-events,patch-null']);
    expect(states(run)).toEqual({ 'fan-out': 'not_settled', 'tag-events': 'not_settled', 'patch-null': 'settled' });
    expect(run.report.findings[1]).toMatchObject({ reason: expect.stringMatching(/No webhook arrived/) });
    expect(await probed.leftovers()).toEqual([]);
  }, 60_000);

  it('stays below five calls a second', async () => {
    await probed.switches({ bucket: { enabled: true, rate: 5, burst: 5 } });
    const run = await probed.run(['--only=name-search,deleted-matters'], { env: { SMOKEBALL_RATE: '' } });
    expect(run.code).toBe(EXIT.done);
    const requests = (await probed.control('GET', '/requests?since=0')) as { status: number; at: string }[];
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  }, 60_000);

  it('settles the links by a person who clicks', async () => {
    const run = await probed.run(['--only=matter-links'], { answers: [true, false] });
    expect(run.report.findings[0]).toMatchObject({ state: 'settled', answer: expect.stringMatching(/matter opens.*contact does not open/) }); // prettier-ignore
  });

  it('believes only the sign-in that it started', async () => {
    const run = probed.run(['--only=name-search'], {
      onSay: (text) => {
        if (!text.includes('/authorize?')) return;
        void fetch(`http://127.0.0.1:${probed.signInPort}/callback?code=forged&state=guessed`);
      },
    });
    expect((await run).code).toBe(EXIT.done);
  });
});
