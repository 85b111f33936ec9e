import { RateLineLeft, RateLines, type RateLane } from './rate-line';
import type { RateSlots } from './rate-slots';

/** A gate in the test's hand: a call goes out only when the test lets one through. */
class HandGate {
  private readonly asked: ((waitMs: number) => void)[] = [];
  readonly served: string[] = [];
  readonly lines = new RateLines({
    tryTake: () => new Promise<number>((resolve) => this.asked.push(resolve)),
  } as unknown as RateSlots);

  join(lane: RateLane, firm: string, name: string, signal?: AbortSignal): Promise<void> {
    return this.lines.wait('us/production/client', lane, firm, signal).then(() => void this.served.push(name));
  }

  async letThrough(count = 1): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      this.asked.shift()?.(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
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
      tryTake: (gate: string) => (asked.push(gate), Promise.resolve(0)),
    } as unknown as RateSlots);
    await Promise.all([lines.wait('us', 'bulk', 'f'), lines.wait('au', 'bulk', 'f')]);
    expect(asked.sort()).toEqual(['au', 'us']);
  });
});
