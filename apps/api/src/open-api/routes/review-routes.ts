import { reviewDecisionSchema, reviewPostponeSchema, reviewQuerySchema } from '@matterline/contracts';
import { jsonBody, nothing, one, page, type RouteDescription } from '../route-description';

const ROOT = '/api/v1/console/contact-reviews';

/** Source: docs/http-api.md#console-contact-reviews. */
export const REVIEW_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`GET ${ROOT}`]: {
    id: 'listContactReviews',
    tag: 'console',
    summary: 'Clients of whom a person says who they are in Smokeball, newest first',
    query: reviewQuerySchema,
    isPaged: true,
    answers: { 200: page('ContactReview', 'A page of clients, each with its candidates and the reasons.') },
  },
  [`POST ${ROOT}/{clientId}/decision`]: {
    id: 'decideContactReview',
    tag: 'console',
    summary: 'Link a proposed contact or create a new one; it can be taken back for ten seconds',
    body: jsonBody(reviewDecisionSchema),
    answers: { 202: one('Accepted', 'Decided.') },
    errors: ['conflict'],
  },
  [`DELETE ${ROOT}/{clientId}/decision`]: {
    id: 'undoContactReview',
    tag: 'console',
    summary: 'Take a decision back while nothing has followed from it',
    answers: { 204: nothing('It waits for a decision again.') },
    errors: ['conflict'],
  },
  [`POST ${ROOT}/{clientId}/postpone`]: {
    id: 'postponeContactReview',
    tag: 'console',
    summary: 'Put it aside for some days; 0 days bring it back',
    body: jsonBody(reviewPostponeSchema),
    answers: { 202: one('Accepted', 'Put aside.') },
    errors: ['conflict'],
  },
  'GET /api/v1/console/contact-index': {
    id: 'getContactIndex',
    tag: 'console',
    summary: 'How much of the firm’s Smokeball contacts has been read for matching and for calls',
    answers: { 200: one('ContactIndex', 'How far it is.') },
  },
};
