import type { IssueChange } from '@matterline/contracts';

/** One line of an alert. */
export interface AlertLine {
  readonly issueId: string;
  readonly title: string;
  readonly change: IssueChange | null;
  /** What stands now. */
  readonly count: number;
}

export interface AlertMessage {
  readonly subject: string;
  readonly text: string;
  /** Slack's Block Kit, mrkdwn sections (docs.slack.dev/reference/block-kit). */
  readonly blocks: readonly object[];
}

export type AlertOccasion = 'change' | 'summary' | 'digest' | 'test';

const WORDS: Readonly<Record<IssueChange, string>> = { opened: 'Opened', reopened: 'Back again', resolved: 'Resolved' };
/** Slack's own bound for a message is 50 blocks. */
const LINES_MAX = 20;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const things = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
/** Slack reads `&`, `<` and `>` as its own marks (docs.slack.dev/messaging/formatting-message-text). */
const slackText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What is sent: codes' words, case types, counts and links. */
export function alertMessage(
  occasion: AlertOccasion,
  lines: readonly AlertLine[],
  total: number,
  publicUrl: string,
): AlertMessage {
  const subject = oneLine(`Matterline: ${headline(occasion, lines, total)}`);
  const shown = lines.slice(0, LINES_MAX);
  const more = total - shown.length;
  const rest = more > 0 ? [`… and ${more} more: ${publicUrl}/issues`] : [];
  const text = [subject, '', ...shown.map((line) => `${lineText(line)}\n${link(line, publicUrl)}`), ...rest].join('\n');
  const blocks = [
    `*${slackText(subject)}*`,
    ...shown.map((line) => `${slackText(lineText(line))} <${link(line, publicUrl)}|Open>`),
    ...rest.map(slackText),
  ].map((mrkdwn) => ({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } }));
  return { subject, text: `${text.trimEnd()}\n`, blocks };
}

const link = ({ issueId }: AlertLine, publicUrl: string) => `${publicUrl}/issues/${issueId}`;

function headline(occasion: AlertOccasion, lines: readonly AlertLine[], total: number): string {
  const [first] = lines;
  if (occasion === 'test') return 'a test message';
  if (occasion === 'digest') return `${things(total, 'open issue')}`;
  if (occasion === 'summary' || !first) return `${things(total, 'issue')} changed in the quiet hours`;
  return `${first.change ? `${WORDS[first.change]}: ` : ''}${first.title}`;
}

function lineText({ change, title, count }: AlertLine): string {
  const standing = change === 'resolved' || count === 0 ? '' : ` (${count} now)`;
  return oneLine(`${change ? `${WORDS[change]}: ` : ''}${title}${standing}`);
}
