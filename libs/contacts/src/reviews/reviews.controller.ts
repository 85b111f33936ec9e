import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Accepted,
  type ContactIndex,
  type ContactReview,
  type Envelope,
  type Listed,
  pageQuerySchema,
  reviewDecisionSchema,
  reviewPostponeSchema,
  reviewQuerySchema,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import { IndexFillRows } from '../index-fill/fill-rows';
import { DecideReview } from './decide-review';
import { ReviewList } from './review-list';

const ACCEPTED_ANSWER: Envelope<Accepted> = { data: { accepted: true } };

/** Clients of whom a person says who they are in Smokeball. Source: docs/http-api.md#console-contact-reviews. */
@ApiTags('console')
@Controller('api/v1/console')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewList,
    private readonly decisions: DecideReview,
    private readonly fills: IndexFillRows,
  ) {}

  /** What waits, newest first, or with `state=postponed` what was put aside; each with its candidates and the reasons. */
  @Get('contact-reviews')
  @Policy({ allow: { session: true }, audit: { none: 'reading of the firm’s own clients' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<ContactReview>> {
    const { state, ...page } = parseOrThrow(pageQuerySchema.extend(reviewQuerySchema.shape), query);
    return await this.reviews.list(caller.firmId, state, page);
  }

  /** Links a proposed contact or creates a new one. It can be taken back for ten seconds. */
  @Post('contact-reviews/:clientId/decision')
  @HttpCode(202)
  @Policy({ allow: { role: 'support' }, audit: 'contact_review.decide' })
  async decide(
    @Caller() caller: Caller,
    @Param('clientId') clientId: string,
    @Body() body: unknown,
  ): Promise<Envelope<Accepted>> {
    await this.decisions.decide(caller.firmId, clientId, parseOrThrow(reviewDecisionSchema, body), caller.actor);
    return ACCEPTED_ANSWER;
  }

  /** Takes a decision back while nothing has followed from it; 409 afterwards. */
  @Delete('contact-reviews/:clientId/decision')
  @HttpCode(204)
  @Policy({ allow: { role: 'support' }, audit: 'contact_review.undo' })
  async undo(@Caller() caller: Caller, @Param('clientId') clientId: string): Promise<void> {
    await this.decisions.undo(caller.firmId, clientId, caller.actor);
  }

  /** Puts it aside for some days; 0 days bring it back. */
  @Post('contact-reviews/:clientId/postpone')
  @HttpCode(202)
  @Policy({ allow: { role: 'support' }, audit: 'contact_review.postpone' })
  async postpone(
    @Caller() caller: Caller,
    @Param('clientId') clientId: string,
    @Body() body: unknown,
  ): Promise<Envelope<Accepted>> {
    const { days } = parseOrThrow(reviewPostponeSchema, body);
    await this.decisions.postpone(caller.firmId, clientId, days, caller.actor);
    return ACCEPTED_ANSWER;
  }

  /** How much of the firm's Smokeball contacts has been read for matching and for calls. */
  @Get('contact-index')
  @Policy({ allow: { session: true }, audit: { none: 'reading of counts' } })
  async index(@Caller() caller: Caller): Promise<Envelope<ContactIndex>> {
    return { data: await this.fills.view(caller.firmId) };
  }
}
