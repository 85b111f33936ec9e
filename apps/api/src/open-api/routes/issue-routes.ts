import {
  alertSettingsSchema,
  issueFilterSchema,
  issueOwnerSchema,
  issueRetrySchema,
  issueStatusSchema,
} from '@matterline/contracts';
import { all, jsonBody, one, page, type RouteDescription } from '../route-description';

const ISSUES = '/api/v1/issues';
const ALERTS = '/api/v1/alerts';

/** Source: docs/http-api.md#issues. */
export const ISSUE_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`GET ${ISSUES}`]: {
    id: 'listIssues',
    tag: 'issues',
    summary: 'Failures by their cause: open ones first, those seen last first',
    query: issueFilterSchema,
    isPaged: true,
    answers: { 200: page('Issue', 'A page of issues.') },
  },
  [`GET ${ISSUES}/{id}`]: {
    id: 'getIssue',
    tag: 'issues',
    summary: 'One issue with its newest operations',
    answers: { 200: one('IssueDetail', 'The issue.') },
  },
  [`POST ${ISSUES}/{id}/status`]: {
    id: 'setIssueStatus',
    tag: 'issues',
    summary: 'Acknowledge, resolve, ignore, or open it again',
    body: jsonBody(issueStatusSchema),
    answers: { 200: one('Issue', 'The issue as it is now.') },
    errors: ['conflict'],
  },
  [`POST ${ISSUES}/{id}/owner`]: {
    id: 'setIssueOwner',
    tag: 'issues',
    summary: 'Say who looks after it, or nobody',
    body: jsonBody(issueOwnerSchema),
    answers: { 200: one('Issue', 'The issue as it is now.') },
  },
  [`POST ${ISSUES}/{id}/retry`]: {
    id: 'retryIssue',
    tag: 'issues',
    summary: 'Open everything in this issue again, in its original order',
    body: { ...jsonBody(issueRetrySchema), isRequired: false },
    answers: {
      202: one('RetryStart', 'What was opened again.'),
      200: one('RetryStart', 'A dry run: how many would be opened again; nothing is changed.'),
    },
  },
  [`GET ${ALERTS}`]: {
    id: 'getAlerts',
    tag: 'issues',
    summary: 'Who is told of issues, and whether e-mail can be sent at all',
    answers: { 200: one('Alerts', 'The settings.') },
  },
  [`PUT ${ALERTS}`]: {
    id: 'putAlerts',
    tag: 'issues',
    summary: 'Replace the settings; what is left out takes its default',
    body: jsonBody(alertSettingsSchema),
    answers: { 200: one('Alerts', 'The settings as they are now.') },
    errors: ['conflict', 'target_not_allowed'],
  },
  [`POST ${ALERTS}/test`]: {
    id: 'testAlerts',
    tag: 'issues',
    summary: 'Send a test message to each target and say what happened',
    answers: { 200: all('AlertTest', 'One row a target.') },
  },
};
