import { SingleFlight } from './single-flight';

describe('a single flight', () => {
  const good = (data: string) => ({ ok: true, data }) as const;
  const bad = { ok: false, data: 'broke' } as const;
  type Answer = ReturnType<typeof good> | typeof bad;
  const flying = (answers: readonly Answer[]) => {
    let flown = 0;
    const fly = async () => {
      const answer = answers[flown];
      flown += 1;
      await Promise.resolve();
      if (!answer) throw new Error('one flight too many');
      return answer;
    };
    return { fly, flown: () => flown };
  };

  it('serves all who ask meanwhile', async () => {
    const flights = new SingleFlight<Answer>();
    const { fly, flown } = flying([good('a')]);
    expect(await Promise.all([1, 2, 3].map(() => flights.join('k', fly)))).toEqual([good('a'), good('a'), good('a')]);
    expect(flown()).toBe(1);
  });

  it('is not shared between keys, nor with those who come after it', async () => {
    const flights = new SingleFlight<Answer>();
    const { fly, flown } = flying([good('a'), good('b'), good('c')]);
    const both = await Promise.all([flights.join('k', fly), flights.join('other', fly)]);
    expect(both).toEqual([good('a'), good('b')]);
    expect(await flights.join('k', fly)).toEqual(good('c'));
    expect(flown()).toBe(3);
  });

  it('that broke is not what the others get', async () => {
    const flights = new SingleFlight<Answer>();
    const { fly } = flying([bad, good('b')]);
    expect(await Promise.all([flights.join('k', fly), flights.join('k', fly)])).toEqual([bad, good('b')]);
  });

  it('that throws is over for the next', async () => {
    const flights = new SingleFlight<Answer>();
    const { fly } = flying([]);
    await expect(flights.join('k', fly)).rejects.toThrow();
    expect(await flights.join('k', flying([good('a')]).fly)).toEqual(good('a'));
  });
});
