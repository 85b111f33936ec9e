import type { FixAction, IssueCode } from '@matterline/contracts';
import { wordsOfCode } from './issue-title';

const ACTIONS: Partial<Record<IssueCode, FixAction>> = {
  not_connected: 'reconnect',
  needs_reauth: 'reconnect',
  misconfigured: 'open_settings',
  needs_mapping: 'open_mapping',
  type_deleted: 'open_mapping',
  role_not_offered: 'open_mapping',
  contact_ambiguous: 'open_review',
  contact_failed: 'open_review',
  waiting_for_client: 'open_matter',
  matter_not_linked: 'open_matter',
  number_taken: 'open_matter',
  text_too_long: 'open_matter',
  name_too_long: 'open_matter',
  not_permitted: 'open_matter',
  file_too_large: 'open_matter',
  file_bytes_gone: 'open_matter',
  hash_differs: 'open_matter',
  delivery_failing: 'open_webhooks',
  subscription_missing: 'none',
};

/** The advice with its button; where nothing else helps, trying again does. */
export function suggestedFix(code: IssueCode): { readonly text: string; readonly action: FixAction } {
  return { text: wordsOfCode(code).hint, action: ACTIONS[code] ?? 'retry' };
}
