import { FIX_ACTIONS, ISSUE_OWN_CAUSES, type IssueCode, OPERATION_ERRORS } from '@matterline/contracts';
import { suggestedFix } from './suggested-fix';

const CODES = [
  ...Object.entries(OPERATION_ERRORS).flatMap(([code, { fate }]) => (fate === 'noticed' ? [] : [code])),
  ...Object.keys(ISSUE_OWN_CAUSES),
] as IssueCode[];

describe('the advice', () => {
  it.each(CODES)('for %s has words and a known button', (code) => {
    const { text, action } = suggestedFix(code);
    expect(text).toMatch(/\.$/);
    expect(FIX_ACTIONS).toContain(action);
  });
});
