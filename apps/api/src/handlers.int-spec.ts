import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OPERATION_KINDS, type OperationKind } from '@matterline/contracts';
import { OAuthReturns } from '@matterline/auth';
import { Dispatcher, WORK_TOPICS } from '@matterline/platform';
import { type OperationHandler, OperationHandlers, Operations } from '@matterline/sync';
import { EventHandlers } from '@matterline/webhooks';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { ROOMS } from './app.module';

/** The kinds of operation that the rooms write down, as their sources name them. */
function kindsInSources(): Set<string> {
  const libs = path.resolve(__dirname, '../../../libs');
  const files = readdirSync(libs, { recursive: true, encoding: 'utf8' });
  const sources = files.filter(
    (file) => file.endsWith('.ts') && !/spec\.ts$|[\\/]testing[\\/]|^contracts|operation-view/.test(file),
  );
  const text = sources.map((file) => readFileSync(path.join(libs, file), 'utf8')).join('\n');
  return new Set(OPERATION_KINDS.filter((kind) => text.includes(`'${kind}'`)));
}

describe('handlers', () => {
  let one: AppUnderTest;

  beforeAll(async () => {
    one = await startApp();
  });
  afterAll(() => one.close());

  it('there is exactly one for every topic of the queue', () => {
    expect([...one.get(Dispatcher).topics()].sort()).toEqual([...WORK_TOPICS].sort());
  });

  it.each(WORK_TOPICS)('a second one for the topic %s is refused', (topic) => {
    expect(() => one.get(Dispatcher).register(topic, () => Promise.resolve())).toThrow(`two handlers for ${topic}`);
  });

  it('there is exactly one for every kind of operation that a room names', () => {
    expect(new Set(one.get(OperationHandlers).kinds())).toEqual(kindsInSources());
    expect(one.get(OperationHandlers).kinds()).toHaveLength(kindsInSources().size);
  });

  it.each(OPERATION_KINDS)('%s can be written down only with a handler, and never has two', async (kind) => {
    const handlers = one.get(OperationHandlers);
    const { firmId } = await one.firm();
    const write = one.inFirm(firmId, (scope) =>
      one.get(Operations).enqueue(scope, {
        kind,
        subject: 'matter:m',
        matterId: 'm',
        entityType: 'matter',
        entityId: 'm',
        trigger: 'auto',
      }),
    );
    if (handlers.kinds().includes(kind)) {
      await expect(write).resolves.toMatchObject({ isNew: true });
      expect(() => handlers.register(emptyHandler(kind))).toThrow(`two handlers for ${kind}`);
    } else await expect(write).rejects.toThrow(`no handler for ${kind}`);
  });

  it('there is exactly one for every event that is subscribed to, unless it is only shown and says why', () => {
    const events = one.get(EventHandlers);
    expect(events.smokeballTypes()).toHaveLength(new Set(events.smokeballTypes()).size);
    expect(events.smokeballTypes().length).toBeGreaterThan(8);
    for (const type of events.smokeballTypes()) {
      if (events.shownBecause(type) !== null) {
        expect(events.forSmokeball(type)).toBeUndefined();
        continue;
      }
      expect(events.forSmokeball(type)).toBeDefined();
      expect(() => events.onSmokeball([type], () => Promise.resolve({ note: '' }))).toThrow(`two handlers for ${type}`);
    }
    const add = () => events.onCaseHug(['planted'], () => Promise.resolve({ note: '' }));
    add();
    expect(add).toThrow('two handlers for planted');
  });

  it.each(['connection', 'pairing'] as const)('there is exactly one that finishes a sign-in for a %s', (purpose) => {
    const finish = () => Promise.resolve({ redirect: '/' });
    expect(() => one.get(OAuthReturns).register(purpose, finish)).toThrow(`two finishers for ${purpose}`);
  });

  it('the worker has the same rooms as the API', () => {
    const worker = readFileSync(path.resolve(__dirname, '../../worker/src/worker.module.ts'), 'utf8');
    for (const room of ROOMS) expect(worker).toMatch(new RegExp(`^\\s+${room.name},$`, 'm'));
  });
});

const emptyHandler = (kind: OperationKind): OperationHandler => ({
  kind,
  execute: () => Promise.resolve({ kind: 'succeeded' }),
  confirm: () => Promise.resolve({ kind: 'succeeded' }),
});
