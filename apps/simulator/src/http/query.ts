/** Query parameters: names without regard to case, a repeated key is a list, unknown ones are never looked at. */
export class Query {
  private readonly values = new Map<string, string[]>();

  constructor(
    text: string,
    private readonly inAnyCase = true,
  ) {
    for (const [name, value] of new URLSearchParams(text)) {
      const key = this.key(name);
      const list = this.values.get(key);
      if (list === undefined) this.values.set(key, [value]);
      else list.push(value);
    }
  }

  one(name: string): string | undefined {
    return this.values.get(this.key(name))?.[0];
  }

  /** Repeated keys and nothing else; `Search[]=` is another name and so is ignored. */
  all(name: string): readonly string[] {
    return this.values.get(this.key(name)) ?? [];
  }

  has(name: string): boolean {
    return this.values.has(this.key(name));
  }

  /** Comma-separated names such as `Fields=items,tags`, lower-case. */
  names(name: string): ReadonlySet<string> {
    const parts = this.all(name).flatMap((value) => value.split(','));
    return new Set(parts.map((part) => part.trim().toLowerCase()).filter((part) => part !== ''));
  }

  private key(name: string): string {
    return this.inAnyCase ? name.toLowerCase() : name;
  }
}
