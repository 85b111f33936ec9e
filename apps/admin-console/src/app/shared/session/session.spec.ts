import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { EVENT_SOURCE_FACTORY } from '../live/event-source-factory';
import { LiveStream } from '../live/live-stream';
import { FakeEventSource } from '../testing/fake-event-source';
import { ME } from '../testing/render-page';
import { guestGuard } from './guest-guard';
import { may } from './may';
import { safeReturn } from './safe-return';
import { Session } from './session';
import { sessionEndedInterceptor } from './session-ended-interceptor';
import { signedInGuard } from './signed-in-guard';

@Component({ template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

function set(cookie: string): HttpTestingController {
  jest.spyOn(document, 'cookie', 'get').mockReturnValue(cookie);
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'sign-in', canActivate: [guestGuard], component: Page },
        { path: '', canActivate: [signedInGuard], children: [{ path: '**', component: Page }] },
      ]),
      provideHttpClient(withInterceptors([sessionEndedInterceptor])),
      provideHttpClientTesting(),
      { provide: EVENT_SOURCE_FACTORY, useValue: (url: string) => new FakeEventSource(url) },
    ],
  });
  return TestBed.inject(HttpTestingController);
}

const AWAY = { error: { code: 'unauthorized', message: 'Sign in first.', details: {} } };
const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('guards and session', () => {
  afterEach(() => jest.restoreAllMocks());

  it('sends a visitor without a session to sign in, with the way back, and asks the server nothing', async () => {
    const http = set('');
    await RouterTestingHarness.create('/sync-history?state=failed');
    expect(TestBed.inject(Router).url).toBe('/sign-in?return=%2Fsync-history%3Fstate%3Dfailed');
    http.verify();
  });

  it('lets a signed-in user in and away from the sign-in page', async () => {
    const http = set('csrf=t');
    const arriving = RouterTestingHarness.create('/sign-in');
    await turn();
    http.expectOne('/api/v1/auth/me').flush({ data: ME });
    await arriving;
    expect(TestBed.inject(Router).url).toBe('/');
    expect(TestBed.inject(Session).firm()?.name).toBe('Harbor Law');
  });

  it('takes a session that the server no longer knows as signed out', async () => {
    const http = set('csrf=old');
    const arriving = RouterTestingHarness.create('/matters');
    await turn();
    http.expectOne('/api/v1/auth/me').flush(AWAY, { status: 401, statusText: 'Unauthorized' });
    await turn();
    http.expectOne('/api/v1/auth/me').flush(AWAY, { status: 401, statusText: 'Unauthorized' });
    await arriving;
    expect(TestBed.inject(Router).url).toBe('/sign-in?return=%2Fmatters');
  });

  it('stays on the page with the problem when the server cannot say', async () => {
    const http = set('csrf=t');
    const arriving = RouterTestingHarness.create('/matters');
    await turn();
    http.expectOne('/api/v1/auth/me').flush(null, { status: 503, statusText: 'Away' });
    await arriving;
    expect(TestBed.inject(Router).url).toBe('/matters');
    expect(TestBed.inject(Session).problem()?.kind).toBe('failed');
  });

  it('a session that ends in the middle closes the stream and leads to sign-in and back', async () => {
    const http = set('csrf=t');
    const arriving = RouterTestingHarness.create('/matters/mat_1?x=1');
    await turn();
    http.expectOne('/api/v1/auth/me').flush({ data: ME });
    await arriving;
    TestBed.inject(LiveStream).open();
    const failure = jest.fn();
    TestBed.inject(HttpClient).get('/api/v1/matters/mat_1').subscribe({ error: failure });
    http.expectOne('/api/v1/matters/mat_1').flush(AWAY, { status: 401, statusText: 'Unauthorized' });
    await turn();
    http.expectOne('/api/v1/auth/me').flush(AWAY, { status: 401, statusText: 'Unauthorized' });
    await turn();
    expect(TestBed.inject(Router).url).toBe('/sign-in?return=%2Fmatters%2Fmat_1%3Fx%3D1&ended=1');
    expect(TestBed.inject(LiveStream).state()).toBe('off');
    expect(failure).toHaveBeenCalled();
  });
});

describe('may', () => {
  const cases = [
    { role: 'firm_admin', connect: true, change_settings: true, sync: true },
    { role: 'support', connect: false, change_settings: false, sync: true },
    { role: 'auditor', connect: false, change_settings: false, sync: false },
    { role: undefined, connect: false, change_settings: false, sync: false },
  ] as const;

  it.each(cases)('$role', ({ role, connect, change_settings, sync }) => {
    expect(may(role, 'connect')).toBe(connect);
    expect(may(role, 'change_settings')).toBe(change_settings);
    expect(may(role, 'sync')).toBe(sync);
  });
});

describe('safeReturn', () => {
  const cases = [
    ['/sync-history?state=failed', '/sync-history?state=failed'],
    [undefined, '/'],
    ['', '/'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/sign-in?return=/sign-in', '/'],
  ] as const;

  it.each(cases)('%s leads to %s', (target, expected) => {
    expect(safeReturn(target)).toBe(expected);
  });
});
