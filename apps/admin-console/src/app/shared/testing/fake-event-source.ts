/** Stands where the browser's EventSource would; the test plays the server. */
export class FakeEventSource extends EventTarget {
  static all: FakeEventSource[] = [];
  readyState = 0;

  constructor(readonly url: string) {
    super();
    FakeEventSource.all.push(this);
  }

  static get latest(): FakeEventSource {
    const latest = FakeEventSource.all.at(-1);
    if (!latest) throw new Error('No stream was opened.');
    return latest;
  }

  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  /** The browser tries again by itself (`false`) or has given up (`true`). */
  breaks(forGood: boolean): void {
    this.readyState = forGood ? 2 : 0;
    this.dispatchEvent(new Event('error'));
  }

  sends(data: string): void {
    this.dispatchEvent(new MessageEvent('change', { data }));
  }

  close(): void {
    this.readyState = 2;
  }
}
