import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CallAnswer, CallState, RecordAnswer, WebhookAnswer } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { readSipAddress } from '@matterline/contacts';
import { AnyBody, ApiError } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallDesk } from '../calls/call-desk';
import { CallRecords } from '../calls/call-records';
import { LookupErrorFilter } from '../calls/lookup-error.filter';
import { Extensions } from '../tenants/extensions';
import { EVENT_MAX_BYTES, readPbxBody, RECORD_MAX_BYTES } from '../tenants/pbx-body';
import { Pbx, type PbxCaller } from '../tenants/tenant-access';
import { TenantGuard } from '../tenants/tenant.guard';
import { type CallEvent, readCallEvent, requireDecidable } from './call-event';

const BY_KEY = { elsewhere: 'TenantGuard: the tenant key' } as const;
const NOT_AUDITED = { none: 'too many for the chain; every answer is kept by call id for ten minutes' } as const;

const WEBHOOK_STATES: Readonly<Record<string, CallState>> = {
  newcall: 'ringing',
  connect: 'connected',
  call: 'terminated',
};

/** What a PBX sends while and after a phone rings. Source: docs/telephony.md#answers. */
@ApiTags('vodia')
@Controller('api/v1/vodia/:tenant_id')
@UseGuards(TenantGuard)
@AnyBody()
export class CallsController {
  constructor(
    private readonly desk: CallDesk,
    private readonly records: CallRecords,
    private readonly extensions: Extensions,
  ) {}

  /** Who is calling: 200 with a status for every event that can be decided, whatever Smokeball does. */
  @Post('call-events')
  @HttpCode(200)
  @Policy({ allow: BY_KEY, audit: NOT_AUDITED })
  async event(@Pbx() pbx: PbxCaller, @Req() request: FastifyRequest): Promise<CallAnswer> {
    const event = readCallEvent(readPbxBody(request, EVENT_MAX_BYTES, ['json', 'form']));
    requireDecidable(event);
    return await this.desk.decide(pbx.firmId, pbx.tenantId, event, true);
  }

  /** The PBX's own webhook: the moment stands in the path, the extension often in the query. The pop goes to the agent's page. */
  @Post('webhook/:event')
  @HttpCode(200)
  @Policy({ allow: BY_KEY, audit: NOT_AUDITED })
  async webhook(
    @Pbx() pbx: PbxCaller,
    @Param('event') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<WebhookAnswer> {
    const state = Object.hasOwn(WEBHOOK_STATES, name) ? WEBHOOK_STATES[name] : undefined;
    if (!state) throw new ApiError('not_found', 'There is nothing at this address.');
    const body = readPbxBody(request, EVENT_MAX_BYTES, ['json', 'form']);
    const given = readCallEvent(body);
    const event = await this.withExtension(pbx, { ...overlaid(readCallEvent(query), given), state });
    requireDecidable(event);
    const { status, reason, callid, event_id } = await this.desk.decide(pbx.firmId, pbx.tenantId, event, true);
    return { status, reason, callid, state, event_id };
  }

  /** The same by hand, or from an IVR node: JSON, or with `format=text` the bare name. Nothing is kept and no pop goes out. */
  @Get('lookup')
  @UseFilters(LookupErrorFilter)
  @Policy({ allow: BY_KEY, audit: NOT_AUDITED })
  async lookup(
    @Pbx() pbx: PbxCaller,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { extension, direction, domain } = readCallEvent(query);
    const { from: number } = readCallEvent({ from: query['number'] });
    if (number === '') throw new ApiError('bad_request', 'number: is required.', { field: 'number' });
    const isOutbound = /^out/i.test(direction);
    const ends = isOutbound ? { from: extension, to: number } : { from: number, to: extension };
    const event: CallEvent = {
      ...ends,
      domain,
      extension,
      callId: '',
      leg: '',
      state: 'ringing',
      direction: isOutbound ? 'outbound' : 'inbound',
    };
    requireDecidable(event);
    const answer = await this.desk.decide(pbx.firmId, pbx.tenantId, event, false);
    if (query['format'] === 'text') {
      void reply.header('Content-Type', 'text/plain; charset=utf-8').send(answer.contacts[0]?.name ?? '');
    } else {
      void reply.send(answer);
    }
  }

  /** The record of an ended call, in either form; a repeat is stored once. */
  @Post('cdr')
  @HttpCode(202)
  @Policy({ allow: BY_KEY, audit: { none: 'the record is kept as it came' } })
  async record(@Pbx() pbx: PbxCaller, @Req() request: FastifyRequest): Promise<RecordAnswer> {
    await this.records.add(pbx.firmId, pbx.tenantId, readPbxBody(request, RECORD_MAX_BYTES, ['json', 'form']));
    return { status: 'accepted' };
  }

  /** A webhook of the whole tenant names no extension: then it is the end that the PBX lists. */
  private async withExtension(pbx: PbxCaller, event: CallEvent): Promise<CallEvent> {
    if (event.extension !== '') return event;
    const ends = [readSipAddress(event.to).user, readSipAddress(event.from).user];
    return { ...event, extension: (await this.extensions.firstListed(pbx.firmId, pbx.tenantId, ends)) ?? '' };
  }
}

/** The body's texts over the query's. */
function overlaid(query: CallEvent, body: CallEvent): CallEvent {
  const given = Object.entries(body).filter(([, text]) => text !== '');
  return { ...query, ...Object.fromEntries(given) };
}
