import { GroupCommit } from './group-commit';

/** A write that a test ends by hand. */
function aCommit(change: Partial<{ items: number; waiting: number; lateMs: number }> = {}) {
  const writes: { items: readonly string[]; end: (answers?: readonly (string | Error)[]) => void; fail: () => void }[] =
    [];
  const commit = new GroupCommit<string, string>({
    write: (items) =>
      new Promise((resolve, reject) => {
        writes.push({
          items,
          end: (answers = items.map((item) => `${item}!`)) => resolve(answers),
          fail: () => reject(new Error('away')),
        });
      }),
    sizeOf: (item) => item.length,
    atOnce: 1,
    most: { items: change.items ?? 100, bytes: 1_000 },
    waitingMost: { items: change.waiting ?? 100, bytes: 2_000 },
    lateMs: change.lateMs ?? 60_000,
  });
  return { commit, writes };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('GroupCommit', () => {
  it('answers nobody before the write has ended', async () => {
    const { commit, writes } = aCommit();
    let answer: string | undefined;
    const added = commit.add('a').then((given) => (answer = given));
    await turn();
    expect([writes.length, answer]).toEqual([1, undefined]);
    writes[0]?.end();
    expect(await added).toBe('a!');
  });

  it('writes together what came meanwhile, and gives each its own answer', async () => {
    const { commit, writes } = aCommit();
    const first = commit.add('a');
    await turn();
    const others = Promise.all(['b', 'c', 'd'].map((item) => commit.add(item)));
    await turn();
    expect(writes).toHaveLength(1);
    writes[0]?.end();
    await first;
    await turn();
    expect(writes[1]?.items).toEqual(['b', 'c', 'd']);
    writes[1]?.end();
    expect(await others).toEqual(['b!', 'c!', 'd!']);
  });

  it('fails those of the write that failed and goes on', async () => {
    const { commit, writes } = aCommit({ items: 1 });
    const [first, second] = [commit.add('a'), commit.add('b')];
    await turn();
    writes[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await turn();
    writes[1]?.end();
    expect(await second).toBe('b!');
  });

  it('fails one item alone when its answer is an error', async () => {
    const { commit, writes } = aCommit();
    const answers = Promise.allSettled([commit.add('a'), commit.add('b')]);
    await turn();
    writes[0]?.end([new Error('refused'), 'b!']);
    expect(await answers).toMatchObject([{ status: 'rejected' }, { value: 'b!' }]);
  });

  it.each([
    ['items', { waiting: 2 }, 'x'],
    ['bytes', {}, 'x'.repeat(1_000)],
  ])('refuses what is too much in %s with 503 and a pause', async (_name, change, item) => {
    const { commit, writes } = aCommit(change);
    const taken = [commit.add(item), commit.add(item)];
    await expect(commit.add(item)).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 2 });
    for (let at = 0; at < 2; at += 1) {
      await turn();
      writes[at]?.end();
    }
    await Promise.all(taken);
    void commit.add('again');
    await turn();
    expect(writes.at(-1)?.items).toEqual(['again']);
  });

  it('refuses those who have waited too long, written or not', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const { commit } = aCommit({ items: 1, lateMs: 8_000 });
    const both = Promise.allSettled([commit.add('a'), commit.add('b')]);
    await turn();
    jest.advanceTimersByTime(10_000);
    jest.useRealTimers();
    const late = { status: 'rejected', reason: { code: 'unavailable' } };
    expect(await both).toMatchObject([late, late]);
  });
});
