/** A reference to another record. Live answers say `rel`; in webhook payloads there is no `href`. */
export interface Link {
  readonly id: string | null;
  readonly href?: string;
  readonly rel?: string;
  readonly method?: string;
  readonly name?: string;
}

/** Makes links for one reader: below a base address for API answers, bare ids for webhook payloads (base null). */
export class Links {
  constructor(private readonly base: string | null) {}

  /** `path` is relative to the base, for example `contacts/123`. */
  to(path: string, id: string, rel: string, name?: string): Link {
    if (this.base === null) return name === undefined ? { id } : { id, name };
    const link = { id, href: `${this.base}/${path}`, rel, method: 'GET' };
    return name === undefined ? link : { ...link, name };
  }

  href(path: string): string | null {
    return this.base === null ? null : `${this.base}/${path}`;
  }

  contact(id: string, rel: string): Link {
    return this.to(`contacts/${id}`, id, rel);
  }

  staff(id: string, rel: string): Link {
    return this.to(`staff/${id}`, id, rel);
  }

  isForWebhooks(): boolean {
    return this.base === null;
  }
}
