import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AccountQuestion, accountSwitchSchema, type Done, type Envelope } from '@matterline/contracts';
import { ApiError, parseOrThrow } from '@matterline/platform';
import { Caller, Policy } from '../access/policy';
import { AccountQuestions } from './account-questions';
import { SwitchAccount } from './switch-account';

/** Source: docs/http-api.md#another-account. */
@ApiTags('connection')
@Controller('api/v1/integrations/smokeball/connection/switch')
export class SwitchAccountController {
  constructor(
    private readonly questions: AccountQuestions,
    private readonly switching: SwitchAccount,
  ) {}

  /** The question that a sign-in to another account left; 404 when none is open. */
  @Get()
  @Policy({ allow: { role: 'firm_admin' }, audit: { none: 'reading of an open question' } })
  async get(@Caller() caller: Caller): Promise<Envelope<AccountQuestion>> {
    const question = await this.questions.open(caller.firmId);
    if (!question) throw new ApiError('not_found', 'No question is open.');
    return { data: question };
  }

  /** Goes to the other account: present links are put aside, earlier links to the other one come back. */
  @Post()
  @HttpCode(200)
  @Policy({ allow: { role: 'firm_admin' }, audit: 'connection.switch' })
  async confirm(@Caller() caller: Caller, @Body() body: unknown): Promise<Envelope<Done>> {
    const { id } = parseOrThrow(accountSwitchSchema, body);
    await this.switching.confirm(caller.firmId, id);
    return { data: { success: true } };
  }
}
