/** What one call to Matterline came to. `status` 0 means that no answer came at all. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  /** The parsed JSON body, the raw text when it is no JSON, or null when it is empty. */
  readonly body: unknown;
  /** One sentence for a person; empty when all is well. */
  readonly problem: string;
  readonly request: string;
  readonly at: string;
}
