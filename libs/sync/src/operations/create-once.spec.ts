import { Clock } from '@matterline/platform';
import type { CallResult, SmokeballFailure } from '@matterline/smokeball-client';
import { createOnce, isOutcome } from './create-once';
import type { OperationContext } from './operation-handler';
import type { Progress } from './operation-row';
import type { Outcome } from './outcome';

const BEGUN_MS = Date.parse('2026-03-07T14:00:00.000Z');
const HOUR_MS = 3600_000;

class MovedClock extends Clock {
  atMs = BEGUN_MS;
  /** What somebody added to the clock on the wall. */
  setMs = 0;
  override now(): Date {
    return new Date(this.atMs + this.setMs);
  }
  protected override steadyMs(): number {
    return this.atMs - BEGUN_MS;
  }
}

class Died extends Error {}

/** What happens to one try to create. */
interface Fate {
  /** After this long the record stands at the other side; never when absent. */
  readonly madeAfterMs?: number;
  /** What we hear, after `heardAfterMs`; nothing when the process dies. */
  readonly heard: 'id' | 'death' | Pick<SmokeballFailure, 'kind' | 'status' | 'sent'>;
  readonly heardAfterMs?: number;
}

const silence = { kind: 'timeout', status: null, sent: 'maybe' } as const;
const cut = { kind: 'network', status: null, sent: 'maybe' } as const;
const unsent = { kind: 'network', status: null, sent: 'no' } as const;
const status = (kind: SmokeballFailure['kind'], code: number) => ({ kind, status: code, sent: 'yes' }) as const;
const MADE: Fate = { madeAfterMs: 0, heard: 'id' };

/** A Smokeball whose searches lag behind, and an operation that survives the death of its process. */
class World {
  readonly clock = new MovedClock();
  readonly made: { readonly id: string; readonly atMs: number }[] = [];
  stored: Progress = {};
  creates = 0;
  looks = 0;
  beforeAttempt: (number: number) => void = () => undefined;
  lookFailure: SmokeballFailure | null = null;

  constructor(
    private readonly fates: readonly Fate[],
    private readonly lagMs: number,
  ) {}

  /** One attempt, as a process with nothing in its memory makes it. */
  attempt(number: number): ReturnType<typeof createOnce<{ id: string }>> {
    const stored = () => this.stored;
    const context = {
      get progress() {
        return stored();
      },
      operation: { attempts: number },
      remember: (change: Progress) => {
        this.stored = { ...this.stored, ...change };
        return Promise.resolve();
      },
    } as OperationContext;
    return createOnce(context, this.clock, {
      name: 'contact',
      look: () => Promise.resolve(this.look()),
      create: async (beforeSend) => {
        await beforeSend();
        return this.create();
      },
      idOf: ({ id }) => id,
    });
  }

  /** Attempts until there is an id, or nothing more is to be tried by itself. */
  async run(): Promise<string | Outcome> {
    for (let number = 1; number < 40; number += 1) {
      this.beforeAttempt(number);
      try {
        const result = await this.attempt(number);
        if (!isOutcome(result)) return result.id;
        if (result.kind === 'failed' && result.waitMs === undefined) return result;
        this.clock.atMs += 'waitMs' in result ? (result.waitMs ?? 0) : 0;
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        this.clock.atMs += 100;
      }
    }
    throw new Error('it never ends');
  }

  private look(): CallResult<{ id: string } | null> {
    this.looks += 1;
    const failure = this.lookFailure;
    this.lookFailure = null;
    if (failure) return { ok: false, failure };
    const found = this.made.find(({ atMs }) => atMs + this.lagMs <= this.clock.atMs);
    return { ok: true, status: 200, data: found ? { id: found.id } : null, requestId: 'op_1' };
  }

  private create(): CallResult<{ id: string }> {
    const fate = this.fates[this.creates] ?? MADE;
    this.creates += 1;
    const id = `contact-${this.creates}`;
    if (fate.madeAfterMs !== undefined) this.made.push({ id, atMs: this.clock.atMs + fate.madeAfterMs });
    this.clock.atMs += fate.heardAfterMs ?? 50;
    if (fate.heard === 'death') throw new Died();
    if (fate.heard === 'id') return { ok: true, status: 202, data: { id }, requestId: 'op_1' };
    return { ok: false, failure: { detail: '', requestId: 'op_1', ...fate.heard } };
  }
}

const onAnother = (value: Progress[string]) =>
  typeof value === 'string' && value.includes(' ') ? `${value.split(' ').slice(0, 2).join(' ')} elsewhere` : value;

describe('createOnce', () => {
  const once: readonly [string, readonly Fate[], number][] = [
    ['the answer comes', [MADE], 0],
    ['the connection breaks after it was made', [{ madeAfterMs: 0, heard: cut }], 0],
    ['the connection breaks after it was made, and searches lag', [{ madeAfterMs: 0, heard: cut }], 9_000],
    ['the connection breaks and it was not made', [{ heard: cut }], 0],
    ['nothing comes back, and it was made', [{ madeAfterMs: 0, heard: silence, heardAfterMs: 15_000 }], 4_000],
    [
      'nothing comes back, and it is made long after we gave up',
      [{ madeAfterMs: 28_000, heard: silence, heardAfterMs: 5_000 }],
      9_000,
    ],
    ['nothing comes back, and it was not made', [{ heard: silence, heardAfterMs: 15_000 }], 0],
    ['a 500 after it was made', [{ madeAfterMs: 0, heard: status('server_error', 500) }], 5_000],
    ['a 503 and it was not made', [{ heard: status('server_error', 503) }], 0],
    ['an answer nobody can read after it was made', [{ madeAfterMs: 0, heard: status('bad_answer', 202) }], 2_000],
    ['it never left', [{ heard: unsent }, { heard: unsent }], 0],
    ['told to slow down', [{ heard: status('rate_limited', 429) }, { heard: status('rate_limited', 429) }], 0],
    ['the process dies after sending, and it was made', [{ madeAfterMs: 0, heard: 'death' }], 6_000],
    ['the process dies after sending, and it is made late', [{ madeAfterMs: 20_000, heard: 'death' }], 9_000],
    ['the process dies and nothing was made', [{ heard: 'death' }], 0],
    ['it dies twice and nothing was made', [{ heard: 'death' }, { heard: 'death' }], 0],
    [
      'it dies, is not made, and then breaks off after it was made',
      [{ heard: 'death' }, { madeAfterMs: 0, heard: cut }],
      8_000,
    ],
  ];
  it.each(once)('ends with one record: %s', async (_name, fates, lagMs) => {
    const world = new World(fates, lagMs);
    const id = await world.run();
    expect(world.made.map((record) => record.id)).toEqual([id]);
  });

  it.each([
    ['forward', 2 * HOUR_MS],
    ['back', -2 * HOUR_MS],
  ])('makes one record, and waits minutes at most, when the clock is set %s at any moment', async (_name, byMs) => {
    for (const [, fates, lagMs] of once) {
      for (let disturbed = 1; disturbed <= 4; disturbed += 1) {
        const world = new World(fates, lagMs);
        world.beforeAttempt = (number) => {
          if (number === disturbed) world.clock.setMs = byMs;
        };
        const id = await world.run();
        expect(world.made.map((record) => record.id)).toEqual([id]);
        expect(world.clock.atMs - BEGUN_MS).toBeLessThan(3 * 60_000);
      }
    }
  });

  it('on another machine, whose clock is hours behind, waits no longer than it ever may', async () => {
    const world = new World([{ heard: cut }], 0);
    await world.attempt(1);
    const behind = Object.entries(world.stored).map(([key, value]) => [key, onAnother(value)]);
    world.stored = Object.fromEntries(behind) as Progress;
    world.clock.setMs = -2 * HOUR_MS;
    const begun = world.clock.atMs;
    expect(await world.run()).toBe('contact-2');
    expect(world.clock.atMs - begun).toBeLessThan(60_000);
  });

  it.each<[string, Fate, number]>([
    ['a refusal', { heard: status('rejected', 400) }, 1],
    ['a 403', { heard: status('forbidden', 403) }, 1],
  ])('does not try again by itself after %s', async (_name, fate, creates) => {
    const world = new World([fate], 0);
    expect(await world.run()).toMatchObject({ kind: 'failed' });
    expect([world.creates, world.looks]).toEqual([creates, 0]);
  });

  it('does not look after a refusal that a person mended: nothing can have been made', async () => {
    const world = new World([{ heard: status('rejected', 400) }], 0);
    await world.run();
    expect(await world.run()).toBe('contact-2');
    expect(world.looks).toBe(0);
  });

  it('looks twice, past the longest lag, before it creates again', async () => {
    const world = new World([{ heard: cut }], 0);
    const begun = world.clock.atMs;
    expect(await world.run()).toBe('contact-2');
    expect(world.looks).toBeGreaterThanOrEqual(2);
    expect(world.clock.atMs - begun).toBeGreaterThan(10_000);
  });

  it('counts a look that failed for nothing', async () => {
    const world = new World([{ madeAfterMs: 0, heard: cut }], 0);
    await world.attempt(1);
    world.lookFailure = { kind: 'server_error', status: 503, sent: 'yes', detail: '', requestId: 'op_1' };
    expect(await world.attempt(2)).toMatchObject({ kind: 'failed', code: 'smokeball_unavailable' });
    expect(world.creates).toBe(1);
    expect(await world.attempt(3)).toEqual({ id: 'contact-1' });
  });

  it('never creates again once the id is stored', async () => {
    const world = new World([MADE], 60_000);
    expect(await world.attempt(1)).toEqual({ id: 'contact-1', created: { id: 'contact-1' } });
    expect(await world.attempt(2)).toEqual({ id: 'contact-1' });
    expect([world.creates, world.looks]).toEqual([1, 0]);
  });

  it('remembers that it will send before it sends', async () => {
    const world = new World([{ heard: 'death' }], 0);
    await expect(world.attempt(1)).rejects.toThrow(Died);
    expect(world.stored).toMatchObject({ contact_sent_at: expect.any(String) });
  });
});
