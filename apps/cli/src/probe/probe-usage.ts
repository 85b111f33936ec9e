import type { Usage } from '../usage-of';

/** The options of `probe`, a line for each. Source: docs/operations.md#probing-the-real-smokeball. */
export const PROBE_OPTIONS: Usage['options'] = [
  ['--region R', 'which Smokeball: us, au or uk (needed without --firm)'],
  ['--environment E', 'production or staging (default: production, or the firm’s)'],
  ['--firm F', 'sign in with the stored tokens of this connected firm'],
  ['--token-stdin', 'sign in with an access token, or a token answer as JSON, from standard input'],
  ['--client-credentials', 'sign in as a firm’s private application'],
  ['--sign-in-port N', 'port of http://localhost:N/callback for the sign-in in a browser (8976)'],
  ['--second-sign-in', 'ask for a second sign-in to the same firm: another application or person'],
  ['--consented-on DATE', 'since when the refresh token is valid, such as 2026-10-01'],
  ['--write', 'make marked throw-away records, and clean them up'],
  ['--yes', 'do not ask before writing to production'],
  ['--receiver-url U', 'with --write: a web address that leads to this machine, for webhooks'],
  ['--receiver-port N', 'the port that it leads to (8977)'],
  ['--throttle', 'use up the rate budget for about ten seconds'],
  ['--only a,b', 'ask these questions only; a wrong name lists the right ones'],
  ['--wait S', 'seconds to wait for a record or an event (20)'],
  ['--retry-wait S', 'seconds to wait for another try of a refused webhook (300)'],
];
