import { type IssueCode, ISSUE_OWN_CAUSES, OPERATION_ERRORS } from '@matterline/contracts';
import type { Shown } from './cause-of';

type OwnCode = keyof typeof ISSUE_OWN_CAUSES;
const isOwn = (code: IssueCode): code is OwnCode => code in ISSUE_OWN_CAUSES;

/** The sentence and the advice that belong to a code. */
export function wordsOfCode(code: IssueCode): { readonly message: string; readonly hint: string } {
  return isOwn(code) ? ISSUE_OWN_CAUSES[code] : OPERATION_ERRORS[code];
}

const sentence = (code: IssueCode) => wordsOfCode(code).message.replace(/\.$/, '');

/** What an alert calls an issue: its code's sentence and the case type, never a client, a matter or Smokeball's words. */
export function plainTitle(code: IssueCode, shown: Pick<Shown, 'caseType' | 'state'>): string {
  const type = [shown.caseType, shown.state].filter(Boolean).join(', ');
  return type === '' ? sentence(code) : `${sentence(code)}: ${type}`;
}

/** The title for people signed in, and for the firm's own keys. */
export function issueTitle(code: IssueCode, shown: Shown): string {
  if (shown.wording) return `${sentence(code)}: ${shown.wording}`;
  const about = shown.clientId ? `client ${shown.clientId}` : shown.matterId ? `matter ${shown.matterId}` : null;
  const title = plainTitle(code, shown);
  return about === null ? title : `${title} (${about})`;
}
