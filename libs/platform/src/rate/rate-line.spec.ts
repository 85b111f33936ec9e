import { RateGateAway, RateLineLeft, RateLines, type RateLane } from './rate-line';
import type { RateAnswer, RateAsker, RateSlots } from './rate-slots';

const TAKEN: RateAnswer = { kind: 'taken', ticket: { slot: 0, number: '1' } };

/** A gate in the test's hand: a call goes out only when the test lets one through. */
class HandGate {
  private readonly asked: ((answer: RateAnswer) => void)[] = [];
  readonly askers: RateAsker[] = [];
  readonly served: string[] = [];
  readonly released: unknown[] = [];
  readonly lines = new RateLines({
    take: (_gate: string, asker: RateAsker) => {
      this.askers.push(asker);
      return new Promise<RateAnswer>((resolve) => this.asked.push(resolve));
    },
    release: (_gate: string, ticket: unknown, how: unknown) =>
      Promise.resolve(void this.released.push({ ticket, how })),
    leave: () => Promise.resolve(),
  } as unknown as RateSlots);

  join(lane: RateLane, firm: string, name: string, signal?: AbortSignal): Promise<void> {
    return this.lines.wait('us/production/client', lane, firm, signal).then(() => void this.served.push(name));
  }

  async answer(answer: RateAnswer, count = 1): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      this.asked.shift()?.(answer);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async letThrough(count = 1): Promise<void> {
    await this.answer(TAKEN, count);
  }
}

describe('the line before the gate', () => {
  it('serves a ringing phone first, then a person, inbound events, automatic work and bulk', async () => {
    const gate = new HandGate();
    for (const lane of ['bulk', 'automatic', 'inbound', 'person', 'call'] as const) void gate.join(lane, 'frm_1', lane);
    await gate.letThrough(5);
    expect(gate.served).toEqual(['call', 'person', 'inbound', 'automatic', 'bulk']);
  });

  it('lets a phone that rings while others wait go before them', async () => {
    const gate = new HandGate();
    for (const name of ['b1', 'b2', 'b3']) void gate.join('bulk', 'frm_1', name);
    await gate.letThrough();
    void gate.join('call', 'frm_1', 'call');
    await gate.letThrough(3);
    expect(gate.served).toEqual(['b1', 'call', 'b2', 'b3']);
  });

  it('keeps one firm’s calls of a lane in their order', async () => {
    const gate = new HandGate();
    for (const name of ['1', '2', '3', '4']) void gate.join('bulk', 'frm_1', name);
    await gate.letThrough(4);
    expect(gate.served).toEqual(['1', '2', '3', '4']);
  });

  it('serves firms by turns, so that a thousand calls of one do not stand before the first of another', async () => {
    const gate = new HandGate();
    for (let at = 0; at < 1_000; at += 1) void gate.join('bulk', 'frm_big', `big${at}`);
    await gate.letThrough(3);
    void gate.join('bulk', 'frm_small', 'small1');
    void gate.join('bulk', 'frm_small', 'small2');
    await gate.letThrough(4);
    expect(gate.served.slice(3)).toEqual(['small1', 'big3', 'small2', 'big4']);
  });

  it('three firms take turns', async () => {
    const gate = new HandGate();
    for (const firm of ['a', 'b', 'c'])
      for (const call of [1, 2, 3]) void gate.join('automatic', firm, `${firm}${call}`);
    await gate.letThrough(9);
    expect(gate.served).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
  });

  it('lets go whoever gives up while waiting, and serves the others', async () => {
    const gate = new HandGate();
    const leaving = new AbortController();
    const first = gate.join('bulk', 'frm_1', 'first', leaving.signal);
    void gate.join('bulk', 'frm_1', 'second');
    leaving.abort();
    await expect(first).rejects.toThrow(RateLineLeft);
    expect(gate.lines.waiting()).toBe(1);
    await gate.letThrough();
    expect(gate.served).toEqual(['second']);
  });

  it('does not let in whoever had given up before', async () => {
    const gate = new HandGate();
    await expect(gate.join('call', 'frm_1', 'late', AbortSignal.abort())).rejects.toThrow(RateLineLeft);
    expect(gate.lines.waiting()).toBe(0);
  });

  it('giving up after being served changes nothing', async () => {
    const gate = new HandGate();
    const leaving = new AbortController();
    const only = gate.join('call', 'frm_1', 'only', leaving.signal);
    await gate.letThrough();
    await only;
    leaving.abort();
    expect(gate.served).toEqual(['only']);
  });

  it('has one line for each gate', async () => {
    const asked: string[] = [];
    const lines = new RateLines({
      take: (gate: string) => (asked.push(gate), Promise.resolve(TAKEN)),
    } as unknown as RateSlots);
    await Promise.all([lines.wait('us', 'bulk', 'f'), lines.wait('au', 'bulk', 'f')]);
    expect(asked.sort()).toEqual(['au', 'us']);
  });

  it('asks for the best of those who wait, and says whether others wait behind', async () => {
    const gate = new HandGate();
    void gate.join('bulk', 'frm_1', 'bulk');
    void gate.join('person', 'frm_2', 'person');
    await gate.letThrough(2);
    // The first question was asked when it stood alone; the slot went to the better one all the same.
    expect(gate.served).toEqual(['person', 'bulk']);
    expect(gate.askers.map(({ lane, firmId, hasMore }) => ({ lane, firmId, hasMore }))).toEqual([
      { lane: 4, firmId: 'frm_1', hasMore: false },
      { lane: 4, firmId: 'frm_1', hasMore: false },
    ]);
  });

  it('asks again at once when somebody better comes while it rests', async () => {
    const gate = new HandGate();
    void gate.join('bulk', 'frm_1', 'bulk');
    await gate.answer({ kind: 'wait', waitMs: 60_000 });
    void gate.join('call', 'frm_2', 'call');
    await new Promise((resolve) => setImmediate(resolve));
    await gate.letThrough();
    expect(gate.served).toEqual(['call']);
    expect(gate.askers.at(1)).toMatchObject({ lane: 0, firmId: 'frm_2', hasMore: true });
  });

  it('gives back a slot that came when everybody had left', async () => {
    const gate = new HandGate();
    const leaving = new AbortController();
    const only = gate.join('bulk', 'frm_1', 'only', leaving.signal);
    leaving.abort();
    await expect(only).rejects.toThrow(RateLineLeft);
    await gate.letThrough();
    expect(gate.released).toEqual([{ ticket: { slot: 0, number: '1' }, how: { outcome: 'unsent' } }]);
  });

  it('turns away while the other side does not answer, one by one, and says for how long', async () => {
    const gate = new HandGate();
    const first = gate.join('bulk', 'frm_1', 'first');
    const second = gate.join('bulk', 'frm_1', 'second');
    await gate.answer({ kind: 'away', awayMs: 1234 });
    await expect(first).rejects.toThrow(RateGateAway);
    await expect(first).rejects.toMatchObject({ awayMs: 1234 });
    expect(gate.lines.waiting()).toBe(1);
    await gate.letThrough();
    await second;
    expect(gate.served).toEqual(['second']);
  });
});
