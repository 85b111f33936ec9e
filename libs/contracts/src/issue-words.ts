/** Where an issue stands. `ignored` stays until a person takes it back. Source: docs/issues.md. */
export const ISSUE_STATUSES = ['open', 'acknowledged', 'resolved', 'ignored'] as const;
export type IssueStatus = (typeof ISSUE_STATUSES)[number];

/** What the button beside the advice does. */
export const FIX_ACTIONS = [
  'retry',
  'open_mapping',
  'open_review',
  'reconnect',
  'open_settings',
  'open_matter',
  'open_webhooks',
  'none',
] as const;
export type FixAction = (typeof FIX_ACTIONS)[number];
