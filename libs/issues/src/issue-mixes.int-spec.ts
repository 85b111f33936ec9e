import type { MatterPut } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { type Failure, FailingWork } from './testing/failing-work';

const typed = (matter: string, caseType: string | null, state: string | null): Failure => ({
  code: 'needs_mapping',
  matter,
  put: { title: 'x', case_type: caseType, state },
});
const at = (code: Failure['code'], matter: string, more: Partial<Failure> = {}): Failure => ({ code, matter, ...more });
const client = (first: string, last: string): Partial<MatterPut> => ({
  title: `${last} matter`,
  clients: [{ id: `cli_${last}`, first_name: first, last_name: last }] as MatterPut['clients'],
});

/** What fails, and the issues that it makes: code and how many stand in it. */
const MIXES: readonly [name: string, failures: readonly Failure[], issues: readonly string[]][] = [
  ['one failure', [at('rate_limited', 'm1')], ['rate_limited 1']],
  [
    'one outage, many matters',
    ['m1', 'm2', 'm3'].map((m) => at('smokeball_unavailable', m)),
    ['smokeball_unavailable 3'],
  ],
  [
    'one case type in one state',
    [typed('m1', 'Divorce', 'IL'), typed('m2', 'divorce ', 'Illinois')],
    ['needs_mapping 2'],
  ],
  [
    'two case types',
    [typed('m1', 'Divorce', 'IL'), typed('m2', 'Probate', 'IL')],
    ['needs_mapping 1', 'needs_mapping 1'],
  ],
  [
    'one case type in two states',
    [typed('m1', 'Divorce', 'IL'), typed('m2', 'Divorce', 'CA')],
    ['needs_mapping 1', 'needs_mapping 1'],
  ],
  ['no case type at all, twice', [typed('m1', null, null), typed('m2', null, null)], ['needs_mapping 2']],
  [
    'a type without mapping and the same one deleted',
    [typed('m1', 'Divorce', 'IL'), { ...typed('m2', 'Divorce', 'IL'), code: 'type_deleted' }],
    ['needs_mapping 1', 'type_deleted 1'],
  ],
  [
    'one unsure client on two matters',
    [
      at('contact_ambiguous', 'm1', { entity: ['contact', 'cli_1'] }),
      at('contact_failed', 'm1'),
      at('contact_failed', 'm2'),
    ],
    ['contact_ambiguous 1', 'contact_failed 1', 'contact_failed 1'],
  ],
  [
    'two unsure clients of one matter',
    ['cli_1', 'cli_2'].map((id) => at('contact_ambiguous', 'm1', { entity: ['contact', id] })),
    ['contact_ambiguous 1', 'contact_ambiguous 1'],
  ],
  [
    'one refusal about two records',
    [
      at('rejected', 'm1', { detail: 'Contact 12 is locked' }),
      at('rejected', 'm2', { detail: 'Contact 99 is locked' }),
    ],
    ['rejected 2'],
  ],
  [
    'one refusal that quotes two clients',
    [
      at('rejected', 'm1', { put: client('Anna', 'Rivera'), detail: 'rivera, anna: no postcode' }),
      at('rejected', 'm2', { put: client('Bob', 'Okafor'), detail: 'okafor, bob: no postcode' }),
    ],
    ['rejected 2'],
  ],
  [
    'two refusals',
    [
      at('rejected', 'm1', { detail: 'clientIds: required' }),
      at('rejected', 'm1', { detail: 'typeId: required', entity: ['document', 'u1'] }),
    ],
    ['rejected 1', 'rejected 1'],
  ],
  [
    'the same words at once and later',
    [at('rejected', 'm1', { detail: 'Closed' }), at('refused_later', 'm2', { detail: 'Closed' })],
    ['refused_later 1', 'rejected 1'],
  ],
  [
    'two matters that nobody may open',
    [at('not_permitted', 'm1'), at('not_permitted', 'm2')],
    ['not_permitted 1', 'not_permitted 1'],
  ],
  [
    'one matter that nobody may open, and its documents',
    [at('not_permitted', 'm1'), ...['u1', 'u2'].map((id) => at('not_permitted', 'm1', { entity: ['document', id] }))],
    ['not_permitted 3'],
  ],
  [
    'one number twice, another once',
    [
      at('number_taken', 'm1', { put: { title: 'x', case_number: 'C-1' } }),
      at('number_taken', 'm2', { put: { title: 'x', case_number: 'c-1' } }),
      at('number_taken', 'm3', { put: { title: 'x', case_number: 'C-2' } }),
    ],
    ['number_taken 1', 'number_taken 2'],
  ],
  [
    'a sign-in that ended, and what waited without one',
    [at('needs_reauth', 'm1'), at('needs_reauth', 'm2'), at('not_connected', 'm3')],
    ['needs_reauth 2', 'not_connected 1'],
  ],
  [
    'a matter that is not there, with a hundred documents',
    Array.from({ length: 100 }, (_, n) => at('matter_not_linked', 'm1', { entity: ['document', `u${n}`] })),
    ['matter_not_linked 100'],
  ],
  [
    'files that cannot be sent, each for itself',
    [
      at('file_too_large', 'm1', { entity: ['document', 'u1'] }),
      at('file_too_large', 'm1', { entity: ['document', 'u2'] }),
      at('name_too_long', 'm1', { entity: ['document', 'u3'] }),
    ],
    ['file_too_large 1', 'file_too_large 1', 'name_too_long 1'],
  ],
  [
    'matters without a client, and credentials that are wrong',
    [
      at('waiting_for_client', 'm1'),
      at('waiting_for_client', 'm2'),
      at('misconfigured', 'm3'),
      at('misconfigured', 'm4'),
    ],
    ['misconfigured 2', 'waiting_for_client 2'],
  ],
  [
    'one matter with one failure after another',
    [at('text_too_long', 'm1'), at('text_too_long', 'm2')],
    ['text_too_long 1', 'text_too_long 1'],
  ],
];

describe('failures become issues', () => {
  let one: AppUnderTest;
  let work: FailingWork;

  beforeAll(async () => {
    one = await startApp();
    work = new FailingWork(one);
  });
  afterAll(async () => {
    await one.close();
  });

  it('in at least twenty mixes', () => {
    expect(MIXES.length).toBeGreaterThanOrEqual(20);
  });

  it.each(MIXES)('%s', async (_name, failures, expected) => {
    const { firmId } = await one.firm();
    for (const failure of failures) await work.fail(firmId, failure);
    const issues = await work.issues(firmId);
    expect(issues.map(({ cause, count }) => `${cause.code} ${count}`).sort()).toEqual(expected);
    expect(new Set(issues.map(({ status }) => status))).toEqual(new Set(['open']));
  });
});
