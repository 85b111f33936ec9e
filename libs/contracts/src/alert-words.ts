export const DIGESTS = ['off', 'daily'] as const;
export type Digest = (typeof DIGESTS)[number];

export const ALERT_TARGETS = ['email', 'slack'] as const;
export type AlertTarget = (typeof ALERT_TARGETS)[number];

/** What an alert tells of. */
export const ISSUE_CHANGES = ['opened', 'reopened', 'resolved'] as const;
export type IssueChange = (typeof ISSUE_CHANGES)[number];
