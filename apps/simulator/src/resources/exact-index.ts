/** Which ids have a text. Nearly every text has one id only, and a set for each would cost most of the memory. */
export class ExactIndex {
  private readonly ids = new Map<string, string | Set<string>>();

  add(text: string, id: string): void {
    const known = this.ids.get(text);
    if (known === undefined) this.ids.set(text, id);
    else if (typeof known !== 'string') known.add(id);
    else if (known !== id) this.ids.set(text, new Set([known, id]));
  }

  delete(text: string, id: string): void {
    const known = this.ids.get(text);
    if (known === id) this.ids.delete(text);
    if (known === undefined || typeof known === 'string') return;
    known.delete(id);
    if (known.size === 0) this.ids.delete(text);
  }

  /** In the order in which they were added. */
  get(text: string): Iterable<string> {
    const known = this.ids.get(text);
    return known === undefined ? [] : typeof known === 'string' ? [known] : known;
  }
}
