import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { Provider, Type } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Me, Role } from '@matterline/contracts';
import { EVENT_SOURCE_FACTORY } from '../live/event-source-factory';
import { LiveStream } from '../live/live-stream';
import { Session } from '../session/session';
import { FakeEventSource } from './fake-event-source';

export const ME: Me = {
  user: { email: 'dana.reyes@harborlaw.example', role: 'firm_admin', firm_id: 'firm_1' },
  firm: {
    id: 'firm_1',
    name: 'Harbor Law',
    casehug_firm_id: 'firm_01H',
    region: 'us',
    environment: 'production',
    timezone: 'America/Los_Angeles',
  },
};

export interface Rendered<T> {
  readonly fixture: ComponentFixture<T>;
  readonly http: HttpTestingController;
  /** All visible words of the page, spaces folded. */
  readonly text: () => string;
  readonly element: HTMLElement;
  readonly button: (name: string) => HTMLButtonElement;
  readonly settle: () => Promise<void>;
  readonly request: (url: string, method?: string) => TestRequest;
  readonly answer: (url: string, body: object) => Promise<void>;
  readonly refuse: (url: string, status: number, code: string, message: string, hint?: string) => Promise<void>;
  readonly change: (kind: string, id?: string) => void;
}

/** Renders a page for a signed-in user of a role, with the server and the event stream in the test's hands. */
export async function renderPage<T>(
  page: Type<T>,
  options: {
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly role?: Role;
    readonly providers?: Provider[];
  } = {},
): Promise<Rendered<T>> {
  FakeEventSource.all = [];
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      provideHttpClient(withInterceptors([])),
      provideHttpClientTesting(),
      { provide: EVENT_SOURCE_FACTORY, useValue: (url: string) => new FakeEventSource(url) },
      ...(options.providers ?? []),
    ],
  });
  const http = TestBed.inject(HttpTestingController);
  document.cookie = 'csrf=token';
  const signedIn = TestBed.inject(Session).ensure();
  http
    .expectOne('/api/v1/auth/me')
    .flush({ data: { ...ME, user: { ...ME.user, role: options.role ?? ME.user.role } } });
  await signedIn;
  TestBed.inject(LiveStream).open();
  FakeEventSource.latest.opens();
  const fixture = TestBed.createComponent(page);
  for (const [name, value] of Object.entries(options.inputs ?? {})) fixture.componentRef.setInput(name, value);
  TestBed.tick();
  const element = fixture.nativeElement as HTMLElement;
  const settle = async (): Promise<void> => {
    // Answers travel through a few microtasks before the page shows them.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    TestBed.tick();
  };
  const request = (url: string, method = 'GET'): TestRequest =>
    http.expectOne((sent) => sent.method === method && sent.urlWithParams === url, `${method} ${url}`);
  return {
    fixture,
    http,
    element,
    settle,
    request,
    text: () => (element.textContent ?? '').replace(/\s+/g, ' '),
    button: (name) => {
      const found = [...document.querySelectorAll('button')].filter((button) =>
        (button.getAttribute('aria-label') ?? button.textContent ?? '').includes(name),
      );
      const last = found.at(-1);
      if (!last) throw new Error(`No button “${name}”`);
      return last;
    },
    answer: async (url, body) => {
      request(url).flush(body);
      await settle();
    },
    refuse: async (url, status, code, message, hint) => {
      request(url).flush(
        { error: { code, message, details: hint ? { hint } : {} } },
        { status, statusText: code, headers: { 'X-Request-Id': 'req_42' } },
      );
      await settle();
    },
    change: (kind, id) => FakeEventSource.latest.sends(JSON.stringify({ kind, id })),
  };
}

/** A list answer of one page. */
export function listed(data: readonly unknown[], total = data.length): object {
  return { data, pagination: { page: 1, per_page: 20, total, has_more: total > data.length } };
}
