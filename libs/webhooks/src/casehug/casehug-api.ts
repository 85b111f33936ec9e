import { Inject, Injectable } from '@nestjs/common';
import { Firms } from '@matterline/auth';
import { type Config, CONFIG, Database } from '@matterline/platform';
import { request } from 'undici';
import { z } from 'zod';

const TIMEOUT_MS = 15_000;
const ANSWER_MAX = 1024 * 1024;

const text = z.string().nullish();

/** A matter as CaseHug's API gives it; the case facts are not on its public page, so each may be missing. Source: docs/casehug.md. */
const matterSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  status: text,
  practice_area: text,
  client_id: text,
  description: text,
  case_number: text,
  case_type: text,
  state: text,
  county: text,
  tags: z.array(z.string()).nullish(),
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
});
export type CaseHugMatter = z.infer<typeof matterSchema>;

const clientSchema = z.looseObject({
  id: z.string(),
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  address: z.looseObject({ line1: text, line2: text, city: text, state: text, zip: text }).nullish(),
});
export type CaseHugClient = z.infer<typeof clientSchema>;

/** `absent` is CaseHug's 404; `away` is anything that may pass. */
export type CaseHugAnswer<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly why: 'absent' | 'away' | 'refused' };

/** Reads from one firm's CaseHug what its events lack. */
export class CaseHugReader {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
  ) {}

  async matter(id: string): Promise<CaseHugAnswer<CaseHugMatter>> {
    return await this.json(`/matters/${encodeURIComponent(id)}`, matterSchema);
  }

  async client(id: string): Promise<CaseHugAnswer<CaseHugClient>> {
    return await this.json(`/clients/${encodeURIComponent(id)}`, clientSchema);
  }

  /** An upload's bytes, to be read to their end. */
  async download(uploadId: string): Promise<CaseHugAnswer<AsyncIterable<Buffer>>> {
    const answer = await this.get(`/uploads/${encodeURIComponent(uploadId)}/download`);
    if (answer === null) return { ok: false, why: 'away' };
    if (answer.statusCode === 200) return { ok: true, data: answer.body as AsyncIterable<Buffer> };
    await answer.body.dump();
    return { ok: false, why: whyNot(answer.statusCode) };
  }

  private async json<T extends z.ZodType>(path: string, schema: T): Promise<CaseHugAnswer<z.output<T>>> {
    const answer = await this.get(path);
    if (answer === null) return { ok: false, why: 'away' };
    if (answer.statusCode !== 200) {
      await answer.body.dump({ limit: ANSWER_MAX });
      return { ok: false, why: whyNot(answer.statusCode) };
    }
    const body = (await answer.body.json().catch(() => null)) as { data?: unknown } | null;
    const parsed = schema.safeParse(body?.data);
    return parsed.success ? { ok: true, data: parsed.data } : { ok: false, why: 'refused' };
  }

  private async get(path: string) {
    const headers = { 'x-api-key': this.apiKey, accept: 'application/json' };
    return await request(`${this.baseUrl}${path}`, {
      headers,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    }).catch(() => null);
  }
}

function whyNot(status: number): 'absent' | 'away' | 'refused' {
  if (status === 404) return 'absent';
  return status === 429 || status >= 500 ? 'away' : 'refused';
}

/** Gives out readers for firms that have an API key at a CaseHug whose address is configured. */
@Injectable()
export class CaseHugApi {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly firms: Firms,
  ) {}

  /** Null when CaseHug cannot be asked for this firm: then what an event lacks waits for the matching PUT. */
  async forFirm(firmId: string): Promise<CaseHugReader | null> {
    if (this.config.caseHugApiUrl === null) return null;
    const apiKey = await this.database.forFirm(firmId, (scope) => this.firms.secret(scope, 'casehug_api_key'));
    return apiKey === null ? null : new CaseHugReader(this.config.caseHugApiUrl, apiKey);
  }
}
