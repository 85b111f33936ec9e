import { Controller, Get, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Authorization, Done, Envelope } from '@matterline/contracts';
import { type Config, CONFIG } from '@matterline/platform';
import type { FastifyReply } from 'fastify';
import { Caller, Policy } from '../access/policy';
import { Disconnect } from './disconnect';
import { OAuthReturns } from './oauth-returns';
import { OAuthStates } from './oauth-states';
import { StartConnection } from './start-connection';

const MAX_QUERY = 4_000;
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= MAX_QUERY ? value : null;

/** Source: docs/http-api.md#connect. */
@ApiTags('connection')
@Controller('api/v1/integrations/smokeball')
export class ConnectionController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly startConnection: StartConnection,
    private readonly disconnecting: Disconnect,
    private readonly states: OAuthStates,
    private readonly returns: OAuthReturns,
  ) {}

  /** Starts the sign-in at Smokeball: 302 to its consent page, or 200 with the address when JSON is asked for. */
  @Get('connect')
  @Policy({ allow: { role: 'firm_admin' }, audit: 'connection.start' })
  async connect(
    @Caller() caller: Caller,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const url = await this.startConnection.authorizationUrl(caller.firmId, caller.userId ?? '', caller.actor);
    const answer: Envelope<Authorization> = { data: { authorization_url: url } };
    if (accept?.includes('application/json')) void reply.send(answer);
    else void reply.redirect(url, 302);
  }

  /** Where Smokeball sends the browser back to, for connections and for pairings. */
  @Get('callback')
  @Policy({ allow: { open: 'the one-time state is the proof' }, audit: 'connection.connect' })
  async callback(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const state = text(query['state']);
    const open = state === null ? null : await this.states.take(state);
    if (!open) {
      void reply.redirect(`${this.config.publicUrl}/settings/integrations?error=invalid_state`, 302);
      return;
    }
    const answer = await this.returns.finish(open, { code: text(query['code']), error: text(query['error']) });
    if ('redirect' in answer) void reply.redirect(answer.redirect, 302);
    else
      void reply
        .status(answer.status ?? 200)
        .header('Content-Type', 'text/html; charset=utf-8')
        // The page was opened by a PBX on another origin, which waits for it to close itself.
        .header('Cross-Origin-Opener-Policy', 'unsafe-none')
        .send(answer.html);
  }

  /** Removes tokens and the webhook registration at once; links and data in both systems stay. */
  @Post('disconnect')
  @HttpCode(200)
  @Policy({ allow: { role: 'firm_admin' }, audit: 'connection.disconnect' })
  async disconnect(@Caller() caller: Caller): Promise<Envelope<Done>> {
    await this.disconnecting.disconnect(caller.firmId, caller.actor);
    return { data: { success: true } };
  }
}
