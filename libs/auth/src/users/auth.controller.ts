import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Done, type Envelope, invitationSchema, loginSchema, type Me, type SignedIn } from '@matterline/contracts';
import { ApiError, type Config, CONFIG, parseOrThrow } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Policy } from '../access/policy';
import { Firms } from '../firms/firms';
import { CSRF_COOKIE, SESSION_COOKIE, SESSION_MAX_MS, Sessions } from './sessions';
import { Users } from './users';

/** Console sign-in. Source: docs/http-api.md#console-sign-in. */
@ApiTags('console')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly firms: Firms,
  ) {}

  /** Opens a session; 401 `invalid_credentials` for a wrong password and for an unknown address alike. */
  @Post('login')
  @HttpCode(200)
  @Policy({ allow: { open: 'whoever signs in is not known yet' }, audit: 'user.sign_in' })
  async login(@Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<SignedIn>> {
    const { email, password } = parseOrThrow(loginSchema, body);
    const user = await this.users.signIn(email, password);
    if (!user) throw new ApiError('invalid_credentials', 'The e-mail address or the password is not right.');
    const { token, csrf } = await this.sessions.open(user.firmId, user.id);
    const cookie = {
      path: '/',
      sameSite: 'lax',
      secure: this.config.publicUrl.startsWith('https:'),
      maxAge: SESSION_MAX_MS / 1000,
    } as const;
    void reply.setCookie(SESSION_COOKIE, token, { ...cookie, httpOnly: true });
    void reply.setCookie(CSRF_COOKIE, csrf, { ...cookie, httpOnly: false });
    return { data: { user: { email: user.email, role: user.role, firm_id: user.firmId } } };
  }

  /** Sets the password of an invited user; the invitation works once. */
  @Post('invitation')
  @HttpCode(200)
  @Policy({ allow: { open: 'the invitation token is the proof' }, audit: 'user.accept_invitation' })
  async acceptInvitation(@Body() body: unknown): Promise<Envelope<Done>> {
    const { token, password } = parseOrThrow(invitationSchema, body);
    if (!(await this.users.acceptInvitation(token, password))) throw ApiError.notFound('invitation');
    return { data: { success: true } };
  }

  /** The signed-in user and their firm. */
  @Get('me')
  @Policy({ allow: { session: true }, audit: { none: 'reads the caller’s own account' } })
  async me(@Caller() caller: Caller): Promise<Envelope<Me>> {
    const user = await this.users.get(caller.firmId, caller.userId ?? '');
    if (!user) throw new ApiError('unauthorized', 'Sign in again.');
    const firm = await this.firms.get(caller.firmId);
    return {
      data: {
        user: { email: user.email, role: user.role, firm_id: user.firmId },
        firm: {
          id: firm.id,
          name: firm.name,
          casehug_firm_id: firm.caseHugFirmId,
          region: firm.region,
          environment: firm.environment,
          timezone: firm.timezone,
        },
      },
    };
  }

  /** Ends the session. */
  @Post('logout')
  @HttpCode(204)
  @Policy({ allow: { session: true }, audit: { none: 'ends the caller’s own session' } })
  async logout(
    @Caller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.close(caller.firmId, request.cookies[SESSION_COOKIE] ?? '');
    void reply.clearCookie(SESSION_COOKIE, { path: '/' }).clearCookie(CSRF_COOKIE, { path: '/' });
  }
}
