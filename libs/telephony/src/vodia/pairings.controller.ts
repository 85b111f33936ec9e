import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Options,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PairingStatus, UserToken } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { AnyBody, ApiError } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pairings } from '../pairings/pairings';
import { AgentStreams } from '../pops/agent-streams';
import { BrowserOrigin } from '../tenants/browser-origin';
import { Pbx, type PbxCaller, UserTokenAllowed } from '../tenants/tenant-access';
import { TenantGuard } from '../tenants/tenant.guard';
import { extensionOf } from './parties';

const BY_KEY = { elsewhere: 'TenantGuard: the tenant key' } as const;
const BY_KEY_OR_TOKEN = { elsewhere: 'TenantGuard: the tenant key, or a token of this one extension' } as const;
const text = (value: unknown): string => (typeof value === 'string' && value.length <= 300 ? value.trim() : '');
const keyOf = ({ firmId, tenantId }: PbxCaller, extension: string) => ({ firmId, tenantId, extension });

/** Pairing an extension with a Smokeball user, and what the agent's browser needs. Source: docs/telephony.md#pairing. */
@ApiTags('vodia')
@Controller('api/v1/vodia/:tenant_id')
@AnyBody()
export class PairingsController {
  constructor(
    private readonly pairings: Pairings,
    private readonly streams: AgentStreams,
    private readonly origin: BrowserOrigin,
  ) {}

  /** Opened in a new window: 302 to Smokeball's consent page. */
  @Get('pair/start')
  @UseGuards(TenantGuard)
  @UserTokenAllowed()
  @Policy({ allow: BY_KEY_OR_TOKEN, audit: 'pairing.start' })
  async start(
    @Pbx() pbx: PbxCaller,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const extension = pbx.extension ?? extensionOf(text(query['extension']));
    if (extension === '') throw new ApiError('bad_request', 'extension: is required.', { field: 'extension' });
    const url = await this.pairings.authorizationUrl(keyOf(pbx, extension), text(query['domain']));
    // Cut off from the page that opened it, the window could not close itself at the end (HTML standard, opener policies).
    void reply
      .header('Cross-Origin-Opener-Policy', 'unsafe-none')
      .header('Referrer-Policy', 'no-referrer')
      .header('Cache-Control', 'no-store')
      .redirect(url, 302);
  }

  /** Red cross or green check: `{paired, email, since, expires_at}`, the e-mail masked. */
  @Get('pairings/:extension/status')
  @UseGuards(TenantGuard)
  @UserTokenAllowed()
  @Policy({ allow: BY_KEY_OR_TOKEN, audit: { none: 'tells an extension about itself' } })
  async status(
    @Pbx() pbx: PbxCaller,
    @Param('extension') extension: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PairingStatus> {
    await this.origin.allow(pbx, request, reply);
    void reply.header('Cache-Control', 'no-store');
    return await this.pairings.status(keyOf(pbx, extension));
  }

  /** Unpairs: tokens are gone at once. */
  @Delete('pairings/:extension')
  @HttpCode(204)
  @UseGuards(TenantGuard)
  @UserTokenAllowed()
  @Policy({ allow: BY_KEY_OR_TOKEN, audit: 'pairing.unpair' })
  async unpair(
    @Pbx() pbx: PbxCaller,
    @Param('extension') extension: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.origin.allow(pbx, request, reply);
    await this.pairings.unpair(keyOf(pbx, extension));
  }

  /** What a browser asks before it sends the DELETE above. */
  @Options('pairings/:extension')
  @HttpCode(204)
  @Policy({
    allow: { open: 'a preflight carries no credentials and gets no data' },
    audit: { none: 'answers with headers only' },
  })
  async preflight(
    @Param('tenant_id') tenantId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.origin.preflight(tenantId, request, reply);
  }

  /** A token for the extension's browser, good for one hour: `{token, expires_in}`. */
  @Post('pairings/:extension/user-token')
  @HttpCode(200)
  @UseGuards(TenantGuard)
  @Policy({ allow: BY_KEY, audit: 'pairing.user_token' })
  async userToken(@Pbx() pbx: PbxCaller, @Param('extension') extension: string): Promise<UserToken> {
    return await this.pairings.userToken(keyOf(pbx, extension));
  }

  /** Server-sent events: the pops of one extension; `Last-Event-ID` catches up. */
  @Get('agents/:extension/events')
  @UseGuards(TenantGuard)
  @UserTokenAllowed()
  @Policy({ allow: BY_KEY_OR_TOKEN, audit: { none: 'every pop is kept by call id for a day' } })
  async events(
    @Pbx() pbx: PbxCaller,
    @Param('extension') extension: string,
    @Headers('last-event-id') header: string | undefined,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.pairings.status(keyOf(pbx, extension));
    await this.origin.allow(pbx, request, reply);
    const last = header ?? text(query['last_event_id']);
    const after = /^\d{1,18}$/.test(last) ? BigInt(last) : null;
    const stream = this.streams.start(keyOf(pbx, extension), after, pbx.until);
    reply.raw.once('close', () => stream.destroy());
    void reply
      .header('Content-Type', 'text/event-stream; charset=utf-8')
      .header('Cache-Control', 'no-store, no-transform')
      .header('X-Accel-Buffering', 'no')
      // Once the stream has ended nothing else comes over this connection, and a process that stops must not wait for it.
      .header('Connection', 'close')
      .send(stream);
  }
}
