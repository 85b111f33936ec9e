import { Body, Controller, Get, HttpCode, Injectable, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  caseHugIdSchema,
  type Envelope,
  type Listed,
  type Matter,
  type MatterDetail,
  type MatterPut,
  matterPutSchema,
  matterQuerySchema,
  pageQuerySchema,
  TOTAL_CAP,
} from '@matterline/contracts';
import { Caller, Firms, Policy } from '@matterline/auth';
import { ApiError, Database, faultsOf, listed, offsetOf, parseOrThrow, SearchHasher } from '@matterline/platform';
import { History } from '@matterline/sync';
import type { FastifyReply } from 'fastify';
import { MATTER_SELECT, MatterStore } from './matter-store';
import { MatterView } from './matter-view';
import { missingMembers, PutMatter } from './put-matter';

const OPERATIONS_SHOWN = 20;

/** What reading matters needs besides the matters themselves. */
@Injectable()
export class MatterReads {
  constructor(
    readonly firms: Firms,
    readonly history: History,
    readonly hasher: SearchHasher,
  ) {}
}

/** Matters, as CaseHug's services see them. Source: docs/http-api.md#matters. */
@ApiTags('matters')
@Controller('api/v1/matters')
export class MattersController {
  constructor(
    private readonly database: Database,
    private readonly putMatter: PutMatter,
    private readonly store: MatterStore,
    private readonly view: MatterView,
    private readonly reads: MatterReads,
  ) {}

  /** Upserts the picture of one matter; 202, or 200 when the stored one is newer and nothing was applied. */
  @Put(':casehug_matter_id')
  @HttpCode(202)
  @Policy({ allow: { scope: 'matters:write' }, audit: 'matter.put' })
  async put(
    @Caller() caller: Caller,
    @Param('casehug_matter_id') matterId: string,
    @Query('sync') sync: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<MatterDetail>> {
    const id = matterIdOf(matterId);
    const put = await this.read(caller.firmId, id, body);
    const { applied } = await this.putMatter.put(caller.firmId, id, put, {
      sync: sync === 'true',
      actor: caller.actor,
    });
    if (!applied) void reply.status(200);
    return { data: await this.one(caller, id) };
  }

  /** The matter, its link and its newest operations. */
  @Get(':casehug_matter_id')
  @Policy({ allow: { scope: 'matters:read' }, audit: { none: 'reading by the firm’s own services' } })
  async get(@Caller() caller: Caller, @Param('casehug_matter_id') matterId: string): Promise<Envelope<MatterDetail>> {
    return { data: await this.one(caller, matterId) };
  }

  /** The matters, newest first; `q` finds whole words and numbers, and ids by prefix. */
  @Get()
  @Policy({ allow: { scope: 'matters:read' }, audit: { none: 'reading by the firm’s own services' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<Matter>> {
    const { state, q, ...page } = parseOrThrow(pageQuerySchema.extend(matterQuerySchema.shape), query);
    const offset = offsetOf(page);
    const words = q?.trim() ? this.reads.hasher.question(caller.firmId, q) : null;
    const prefix = q?.trim() ? `${q.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
    const where = `m.firm_id = $1 and ($2::text is null or l.state = $2)
      and ($3::text is null or m.matter_id like $3 or l.smokeball_matter_id like $3 or (cardinality($4::bytea[]) > 0 and m.search @> $4::bytea[]))`;
    const parameters = [caller.firmId, state ?? null, prefix, words ?? []];
    return await this.database.forFirm(caller.firmId, async (scope) => {
      const firm = await this.reads.firms.read(scope);
      const rows = await scope.query<Parameters<MatterStore['open']>[1]>(
        `${MATTER_SELECT} where ${where} order by m.created_at desc, m.matter_id limit ${page.per_page} offset ${offset}`,
        parameters,
      );
      const count = await scope.one<{ total: number }>(
        `select count(*)::int as total from (select 1 from matters m join matter_links l using (firm_id, matter_id) where ${where} limit ${TOTAL_CAP + 1}) counted`,
        parameters,
      );
      return listed(
        rows.map((row) => this.view.of(firm, this.store.open(caller.firmId, row))),
        count?.total ?? 0,
        page,
      );
    });
  }

  /** @throws ApiError `validation_error`, naming what the first PUT lacks together with what is wrong. */
  private async read(firmId: string, matterId: string, body: unknown): Promise<MatterPut> {
    const parsed = matterPutSchema.safeParse(body);
    if (parsed.success) return parsed.data;
    const faults = faultsOf(parsed.error);
    const isKnown = await this.database.forFirm(
      firmId,
      async (scope) => (await this.store.find(scope, matterId)) !== null,
    );
    const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null;
    const missing = isKnown || given === null ? [] : missingMembers(given);
    throw ApiError.validation([...faults, ...missing]);
  }

  private async one({ firmId, kind }: Caller, matterId: string): Promise<MatterDetail> {
    return await this.database.forFirm(firmId, async (scope) => {
      const matter = await this.store.find(scope, matterId);
      if (!matter) throw ApiError.notFound('matter');
      const operations = await this.reads.history.ofMatter(scope, matterId, OPERATIONS_SHOWN, kind === 'session');
      return { ...this.view.of(await this.reads.firms.read(scope), matter), operations };
    });
  }
}

function matterIdOf(text: string): string {
  const parsed = caseHugIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw ApiError.validation([
    { field: 'casehug_matter_id', message: parsed.error.issues[0]?.message ?? 'is not an id' },
  ]);
}
