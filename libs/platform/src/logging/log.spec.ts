import { Log } from './log';
import { nestLogger } from './nest-logger';

const CANARY = 'CANARY-Rivera-+13125550148';

function lines(write: (log: Log) => void): { text: string; records: Record<string, unknown>[] } {
  const written: string[] = [];
  write(new Log('debug', { write: (line) => void written.push(line) }));
  const text = written.join('');
  return {
    text,
    records: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** An error as somebody's driver throws it: data in its message, its members, its cause and its name. */
function talkative(): Error {
  const error = new Error(`duplicate key (${CANARY})`, { cause: new Error(CANARY) });
  return Object.assign(error, { detail: CANARY, query: CANARY, parameters: [CANARY], config: { body: CANARY } });
}

describe('a log line', () => {
  it('carries the allowed members and the event', () => {
    const { records } = lines((log) =>
      log.info('operation.run', { firm_id: 'frm_1', operation_id: 'op_1', status: 202, duration_ms: 12 }),
    );
    expect(records).toEqual([
      {
        level: 30,
        time: expect.any(String),
        event: 'operation.run',
        firm_id: 'frm_1',
        operation_id: 'op_1',
        status: 202,
        duration_ms: 12,
      },
    ]);
  });

  const planted: readonly [string, Record<string, unknown>][] = [
    ['a member that nobody allowed', { name: CANARY }],
    ['a body', { body: { title: CANARY } }],
    ['headers', { headers: { authorization: CANARY } }],
    ['a member called like an allowed one, in capitals', { FIRM_ID: CANARY }],
    ['a member below', { request: { firm_id: CANARY } }],
    ['pino’s own request serializer', { req: { url: CANARY }, res: { body: CANARY }, err: new Error(CANARY) }],
    ['an error’s message, members and cause', { error: talkative() }],
    [
      'an error whose stack repeats the message',
      {
        error: Object.assign(new Error(CANARY), {
          stack: `Error: ${CANARY}\n${CANARY}\n    at run (/x/libs/a.ts:1:1)`,
        }),
      },
    ],
    ['a thrown text', { error: CANARY }],
    ['a thrown object', { error: { message: CANARY } }],
    ['a message member', { msg: CANARY, message: CANARY }],
  ];
  it.each(planted)('never says %s', (_name, fields) => {
    const { text, records } = lines((log) => log.error('planted', fields));
    expect(records).toHaveLength(1);
    expect(text).not.toContain('CANARY');
  });

  it('keeps an error’s class, code and frames', () => {
    const { records } = lines((log) =>
      log.error('planted', { error: Object.assign(new TypeError('no'), { code: '23505' }) }),
    );
    expect(records[0]).toMatchObject({ error_class: 'TypeError', error_code: '23505' });
    expect((records[0]?.['stack'] as string[])[0]).toMatch(/^at .*libs\/platform\/src\/logging\/log\.spec\.ts/);
  });

  it('cuts long values off', () => {
    const { records } = lines((log) => log.info('planted', { code: 'x'.repeat(10_000) }));
    expect((records[0]?.['code'] as string).length).toBe(200);
  });

  it('says of the framework’s words only where they come from', () => {
    const { text, records } = lines((log) => {
      const nest = nestLogger(log);
      nest.log(CANARY, 'RouterExplorer');
      nest.warn(CANARY, 'Injector');
      nest.error(new Error(CANARY), CANARY, 'ExceptionsHandler');
      nest.fatal?.(CANARY, CANARY);
    });
    expect(text).not.toContain('CANARY');
    expect(records.map(({ event, part }) => [event, part])).toEqual([
      ['framework.warning', 'Injector'],
      ['framework.error', 'ExceptionsHandler'],
      ['framework.fatal', undefined],
    ]);
  });
});
