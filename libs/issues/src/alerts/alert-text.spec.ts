import { type AlertLine, alertMessage } from './alert-text';

const URL = 'https://sync.example';
const line = (change: Partial<AlertLine> = {}): AlertLine => ({
  issueId: 'iss_1',
  title: 'No type',
  change: 'opened',
  count: 3,
  ...change,
});

describe('an alert', () => {
  it('names the change, the count and the page', () => {
    const { subject, text } = alertMessage('change', [line()], 1, URL);
    expect(subject).toBe('Matterline: Opened: No type');
    expect(text).toContain('Opened: No type (3 now)\nhttps://sync.example/issues/iss_1');
  });

  it('of what is over names no count', () => {
    expect(alertMessage('change', [line({ change: 'resolved' })], 1, URL).text).not.toContain('now)');
  });

  it('cannot be made to look like something else by a case type', () => {
    const title = 'No type: a\r\nBcc: x@y.example <https://evil.example|click> & <!channel>';
    const { subject, blocks } = alertMessage('change', [line({ title })], 1, URL);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
    expect(JSON.stringify(blocks)).not.toContain('<https://evil');
  });

  it('of many issues stays within Slack’s bounds and says how many more there are', () => {
    const lines = Array.from({ length: 30 }, (_, at) => line({ issueId: `iss_${at}`, change: null }));
    const { subject, text, blocks } = alertMessage('digest', lines, 45, URL);
    expect(subject).toBe('Matterline: 45 open issues');
    expect(text).toContain('… and 25 more: https://sync.example/issues');
    expect(blocks.length).toBeLessThanOrEqual(50);
  });
});
