import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { toProblem } from './to-problem';

const response = (status: number, error: unknown, headers: Record<string, string> = {}): HttpErrorResponse =>
  new HttpErrorResponse({ status, error, headers: new HttpHeaders(headers), url: '/x' });

describe('toProblem', () => {
  const cases = {
    'our envelope': {
      thrown: response(
        409,
        { error: { code: 'conflict', message: 'It runs already.', details: { hint: 'Wait.' } } },
        { 'X-Request-Id': 'req_1' },
      ),
      problem: { kind: 'failed', code: 'conflict', message: 'It runs already.', hint: 'Wait.', requestId: 'req_1' },
    },
    'denied without words': {
      thrown: response(403, null),
      problem: { kind: 'denied', code: 'http_403', message: 'Your role does not include this.' },
    },
    missing: {
      thrown: response(404, { error: {} }),
      problem: { kind: 'missing', message: 'There is no such record.' },
    },
    'a proxy’s HTML page': {
      thrown: response(502, '<html>Bad gateway</html>'),
      problem: { kind: 'failed', code: 'http_502', message: 'The server could not answer this request.', hint: null },
    },
    'busy, with a time to wait': {
      thrown: response(503, { error: { code: 'unavailable', message: 'Away.' } }, { 'Retry-After': '7' }),
      problem: { kind: 'failed', hint: 'Try again in 7 seconds.' },
    },
    'no answer at all': {
      thrown: response(0, new ProgressEvent('error')),
      problem: { kind: 'offline', code: 'offline' },
    },
    'wrapped by a resource': {
      thrown: new Error('Resource failed', { cause: response(403, { error: { code: 'forbidden' } }) }),
      problem: { kind: 'denied', code: 'forbidden' },
    },
    'an error of the page itself': { thrown: new TypeError('x'), problem: { kind: 'failed', code: 'unknown' } },
  } as const;

  it.each(Object.entries(cases))('%s', (_name, { thrown, problem }) => {
    expect(toProblem(thrown)).toMatchObject(problem);
  });
});
