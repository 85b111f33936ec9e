import { invitationSchema, loginSchema } from '@matterline/contracts';
import { all, jsonBody, nothing, one, page, type RouteDescription, text } from '../route-description';

/** Source: docs/http-api.md#console-sign-in. */
export const CONSOLE_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'POST /api/v1/auth/login': {
    id: 'signIn',
    tag: 'console',
    summary: 'Open a session',
    body: jsonBody(loginSchema),
    answers: {
      200: {
        ...one('SignedIn', 'The session is open.'),
        headers: { 'Set-Cookie': 'The session’s cookie, and `csrf`, which the page can read.' },
      },
    },
    errors: ['invalid_credentials', 'validation_error'],
  },
  'POST /api/v1/auth/invitation': {
    id: 'acceptInvitation',
    tag: 'console',
    summary: 'Set the password of an invited person; an invitation works once',
    body: jsonBody(invitationSchema),
    answers: { 200: one('Done', 'The password is set.') },
    errors: ['not_found', 'validation_error'],
  },
  'GET /api/v1/auth/me': {
    id: 'getMe',
    tag: 'console',
    summary: 'The signed-in person and their firm',
    answers: { 200: one('Me', 'Who is signed in.') },
  },
  'POST /api/v1/auth/logout': {
    id: 'signOut',
    tag: 'console',
    summary: 'End the session',
    answers: { 204: nothing('The session is over.') },
  },
  'GET /api/v1/console/overview': {
    id: 'getOverview',
    tag: 'console',
    summary: 'Connection, today’s numbers, the queue, and what needs a person',
    answers: { 200: one('Overview', 'The overview.') },
  },
  'GET /api/v1/console/stream': {
    id: 'streamChanges',
    tag: 'console',
    summary: 'What changes, as server-sent events',
    description:
      '`event: change` with `{"kind", "id"}` of a record that changed, and `event: heartbeat` every 15 s. Ids only; the page reads the record itself.',
    answers: { 200: text('text/event-stream', 'The stream.') },
  },
  'GET /api/v1/console/events': {
    id: 'listEvents',
    tag: 'console',
    summary: 'Both directions’ events, newest first',
    isPaged: true,
    answers: { 200: page('EventRecord', 'A page of events.') },
  },
  'GET /api/v1/console/pairings': {
    id: 'listPairings',
    tag: 'console',
    summary: 'Every extension that the PBX has told us of or that was ever paired',
    answers: { 200: all('Pairing', 'All extensions.') },
  },
};
