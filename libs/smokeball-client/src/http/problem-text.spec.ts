import { problemText } from './problem-text';

describe('problemText', () => {
  it.each<[string, unknown, string]>([
    [
      'errors as a list of objects',
      { title: 'Bad Request', detail: 'Invalid', errors: [{ field: 'clientIds', message: 'required' }] },
      'Bad Request; Invalid; clientIds: required',
    ],
    ['errors as a list of texts', { title: 'Bad Request', errors: ['one', 'two'] }, 'Bad Request; one; two'],
    [
      'errors as a dictionary',
      { title: 'Validation', errors: { ClientIds: ['required', 'too short'], Status: 'missing' } },
      'Validation; ClientIds: required, too short; Status: missing',
    ],
    ['errors as a text', { errors: 'all wrong' }, 'all wrong'],
    ['the gateway', { message: 'Too Many Requests' }, 'Too Many Requests'],
    ['the gateway with a capital', { Message: 'User is not authorized' }, 'User is not authorized'],
    ['plain text', ' out\n of  order ', 'out of order'],
    [
      'storage XML',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
      'AccessDenied Request has expired',
    ],
    ['the same said twice', { title: 'No', detail: 'No' }, 'No'],
    ['nothing', {}, 'fallback'],
    ['null', null, 'fallback'],
    ['an empty list', [], 'fallback'],
  ])('%s', (_name, body, expected) => {
    expect(problemText(body, 'fallback')).toBe(expected);
  });

  it('never grows past a thousand characters, nor breaks one in two', () => {
    const text = problemText({ detail: `${'x'.repeat(998)}💥💥` }, '');
    expect(text.length).toBeLessThanOrEqual(1_000);
    expect(Buffer.from(text).toString()).toBe(text);
  });

  it('survives nesting without end', () => {
    const endless: { errors?: unknown } = {};
    endless.errors = [[endless], endless];
    expect(problemText(endless, 'fallback')).toBe('fallback');
  });
});
