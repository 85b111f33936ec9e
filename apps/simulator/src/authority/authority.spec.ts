import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPENAPI_AT_HAND, requireDocumentedAnswers } from '../testing/official-openapi';
import { SimulatorUnderTest } from '../testing/simulator-under-test';
import { Authority } from './authority';
import type { JudgedCall } from './verdict';

const THING = { type: 'object', additionalProperties: false, properties: { id: { type: 'string' } } };
const content = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } };
const DOCUMENT = {
  paths: {
    '/things/{id}': {
      get: { responses: { 200: content } },
      put: { requestBody: content, responses: { 200: content } },
    },
  },
  components: { schemas: { Thing: THING, ProblemDetails: { type: 'object' } } },
};
const ENTRY = { operation: '*', change: { op: 'statuses', statuses: [404] }, reason: 'r', evidence: 'A' };
const CALL: JudgedCall = {
  method: 'PUT',
  url: '/us/api/things/1',
  template: '/things/{id}',
  requestType: 'application/json',
  requestBody: '{"id":"1"}',
  status: 200,
  answerType: 'application/json; charset=utf-8',
  answerBody: '{"id":"1"}',
  isFault: false,
};

describe('the authority', () => {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const openapiPath = write('openapi.json', JSON.stringify(DOCUMENT));
  const overlayPath = write('overlay.json', JSON.stringify({ entries: [ENTRY] }));
  let wanted = true;
  const make = (files: object = {}): Authority => new Authority({ openapiPath, overlayPath, ...files }, () => wanted);
  beforeEach(() => void (wanted = true));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, Partial<JudgedCall>, string, number, number]>([
    ['a good call', {}, 'as documented', 0, 0],
    ['a wrong request', { requestBody: '{"name":1}' }, 'findings', 1, 0],
    ['a request that is no JSON', { requestBody: '{' }, 'findings', 1, 0],
    ['a request of another content type', { requestType: 'text/plain' }, 'findings', 1, 0],
    ['a wrong answer', { answerBody: '{"id":7}' }, 'findings', 0, 1],
    ['an answer that is no JSON', { answerBody: '<html>' }, 'findings', 0, 1],
    ['an answer that does not say JSON', { answerType: 'text/html' }, 'findings', 0, 1],
    ['an answer that says JSON and is empty', { answerBody: '' }, 'findings', 0, 1],
    ['both wrong', { requestBody: '{"name":1}', answerBody: '{"id":7}' }, 'findings', 1, 1],
    ['no answer', { status: null, answerBody: undefined }, 'not checked', 0, 0],
    ['no answer to a wrong request', { status: null, requestBody: '[]', answerBody: undefined }, 'findings', 1, 0],
    ['a fault of any kind', { status: 418, answerBody: '{}', isFault: true }, 'not checked', 0, 0],
    ['what is not simulated', { status: 501, answerBody: '{"message":"x"}' }, 'not checked', 0, 0],
    ['a gateway answer', { status: 403, answerBody: '{"message":"Forbidden"}' }, 'as documented', 0, 0],
    ['a body above the gateway’s limit', { status: 413, answerBody: '{"message":"x"}' }, 'as documented', 0, 0],
    ['a gateway answer with more in it', { status: 403, answerBody: '{"message":"x","a":1}' }, 'findings', 0, 1],
    [
      'an unknown address, refused',
      { url: '/us/api/no', status: 403, answerBody: '{"message":"x"}' },
      'findings',
      1,
      0,
    ],
    [
      'an account in the address',
      { url: `/us/api/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/things/1` },
      'as documented',
      0,
      0,
    ],
  ])('%s', (_name, change, state, requests, answers) => {
    const verdict = make().judge({ ...CALL, ...change });
    expect([verdict.state, verdict.request.length, verdict.answer.length]).toEqual([state, requests, answers]);
  });

  it.each<[string, object, RegExp]>([
    ['no path', { openapiPath: undefined }, /SMOKEBALL_OPENAPI/],
    ['no file', { openapiPath: join(folder, 'none.json') }, /no file .*none\.json/],
    ['no overlay', { overlayPath: join(folder, 'none.json') }, /no file/],
    ['a file that is no JSON', { openapiPath: write('broken.json', '{') }, /could not be used/],
    [
      'an overlay on nothing',
      { overlayPath: write('odd.json', JSON.stringify({ entries: [{ ...ENTRY, schema: 'No' }] })) },
      /unknown schema/,
    ],
  ])('checks nothing with %s, and says so', (_name, files, why) => {
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const authority = make(files);
    const verdict = authority.judge(CALL);
    told.mockRestore();
    expect([verdict.state, verdict.note]).toEqual(['not checked', expect.stringMatching(why)]);
    expect(authority.report()).toMatchObject({ validating: false, why_not: verdict.note, checked: 0, not_checked: 1 });
  });

  it('checks nothing while the switch is off', () => {
    const authority = make();
    wanted = false;
    expect(authority.judge(CALL).note).toMatch(/validate/);
    wanted = true;
    expect(authority.judge(CALL).state).toBe('as documented');
  });

  it('counts calls, and tells each kind of finding once', () => {
    const authority = make();
    const wrong = { ...CALL, requestBody: '{"name":1}', answerBody: '{"id":7}' };
    for (const call of [CALL, wrong, wrong]) authority.judge(call);
    expect(authority.report()).toMatchObject({
      validating: true,
      checked: 3,
      calls_with_request_findings: 2,
      calls_with_answer_findings: 2,
    });
    expect(authority.findings().map(({ where, operation, calls }) => [where, operation, calls])).toEqual([
      ['request', 'PUT /things/{id}', 2],
      ['answer', 'PUT /things/{id}', 2],
    ]);
  });
});

describe('a simulator that checks', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => void (sim = await SimulatorUnderTest.connected()));
  afterAll(() => sim.close());

  it('tells in its health whether it does', async () => {
    const { validation } = (await sim.control('GET', '/health')).body as { validation: { validating: boolean } };
    expect(validation.validating).toBe(OPENAPI_AT_HAND !== undefined);
  });

  it('gives its verdict with each recorded call of the API', async () => {
    await sim.api('GET', '/firm');
    await sim.api('GET', '/contacts?Colour=red');
    const verdicts = (await sim.control('GET', '/requests')).list.map(({ path, verdict }) => [path, verdict]);
    const state = OPENAPI_AT_HAND === undefined ? ['not checked', 'not checked'] : ['as documented', 'findings'];
    expect(verdicts.at(0)).toEqual(['/us/auth/oauth2/authorize', null]);
    expect(verdicts.slice(-2)).toMatchObject([
      ['/us/api/firm', { state: state[0] }],
      ['/us/api/contacts', { state: state[1] }],
    ]);
    await requireDocumentedAnswers(sim.base);
  });
});
