/** What a flight brings: an answer that can be shared when it is good, and need not be when it broke for somebody else. */
interface Landed {
  readonly ok: boolean;
}

/** Those who ask for the same thing at the same time wait for one answer. */
export class SingleFlight<T extends Landed> {
  private readonly flights = new Map<string, Promise<T>>();

  /**
   * @param fly also looks whether the answer has come meanwhile: one who looked before a flight landed may ask only after it
   * @returns what a flight under way brings if that is good, for another's cancelled call need not break here; else one's own
   */
  async join(key: string, fly: () => Promise<T>): Promise<T> {
    for (let under = this.flights.get(key); under; under = this.flights.get(key)) {
      const shared = await under.catch(() => null);
      if (shared?.ok) return shared;
    }
    const flight = fly();
    this.flights.set(key, flight);
    try {
      return await flight;
    } finally {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    }
  }
}
