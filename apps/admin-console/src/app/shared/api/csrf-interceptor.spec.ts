import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { csrfInterceptor } from './csrf-interceptor';

describe('csrfInterceptor', () => {
  const cases = [
    { method: 'POST', url: '/api/v1/x', cookie: 'csrf=a%2Bb', header: 'a+b' },
    { method: 'PATCH', url: '/api/v1/x', cookie: 'other=1; csrf=t', header: 't' },
    { method: 'DELETE', url: '/api/v1/x', cookie: 'csrf=t', header: 't' },
    { method: 'GET', url: '/api/v1/x', cookie: 'csrf=t', header: null },
    { method: 'POST', url: 'https://elsewhere.example/x', cookie: 'csrf=t', header: null },
    { method: 'POST', url: '/api/v1/x', cookie: 'xcsrf=t', header: null },
  ] as const;

  it.each(cases)('$method $url with “$cookie”', ({ method, url, cookie, header }) => {
    const read = jest.spyOn(document, 'cookie', 'get').mockReturnValue(cookie);
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([csrfInterceptor])), provideHttpClientTesting()],
    });
    TestBed.inject(HttpClient).request(method, url).subscribe();
    expect(TestBed.inject(HttpTestingController).expectOne(url).request.headers.get('X-CSRF-Token')).toBe(header);
    read.mockRestore();
  });
});
