import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { SignInPage } from './sign-in-page';

describe('SignInPage', () => {
  let fixture: ComponentFixture<SignInPage>;
  let http: HttpTestingController;
  let went: jest.SpyInstance;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
    went = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    fixture = TestBed.createComponent(SignInPage);
    fixture.componentRef.setInput('return', '/sync-history?state=failed');
    TestBed.tick();
  });

  const text = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';
  const fill = (selector: string, value: string): void => {
    const input = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(selector);
    if (!input) throw new Error(`No ${selector}`);
    input.value = value;
    input.dispatchEvent(new Event('input'));
  };
  const submit = async (): Promise<void> => {
    (fixture.nativeElement as HTMLElement).querySelector('form')?.dispatchEvent(new Event('submit'));
    await settle();
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
    TestBed.tick();
  };
  const enter = async (email: string, password: string): Promise<void> => {
    fill('[type=email]', email);
    fill('[type=password]', password);
    await submit();
  };

  it('says which field is wrong before anything is sent', async () => {
    await submit();
    expect(text()).toContain('Enter your e-mail address.');
    expect(text()).toContain('Enter your password.');
    await enter('dana', 'x');
    expect(text()).toContain('This does not look like an e-mail address.');
    http.verify();
  });

  it('signs in, without the spaces of a pasted address, and goes back to where one came from', async () => {
    await enter(' dana@harborlaw.example ', ' secret ');
    const call = http.expectOne('/api/v1/auth/login');
    expect(call.request.body).toEqual({ email: 'dana@harborlaw.example', password: ' secret ' });
    call.flush({ data: { user: {} } });
    await settle();
    expect(went).toHaveBeenCalledWith('/sync-history?state=failed');
  });

  it('sends once for a double click', async () => {
    await enter('dana@harborlaw.example', 'secret');
    await submit();
    http.expectOne('/api/v1/auth/login');
  });

  it('says what was wrong and keeps what was typed', async () => {
    await enter('dana@harborlaw.example', 'wrong');
    http
      .expectOne('/api/v1/auth/login')
      .flush(
        { error: { code: 'invalid_credentials', message: 'E-mail or password is not right.', details: {} } },
        { status: 401, statusText: 'Unauthorized', headers: { 'X-Request-Id': 'req_7' } },
      );
    await settle();
    expect(text()).toContain('E-mail or password is not right.');
    expect(text()).toContain('req_7');
    expect((fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>('[type=email]')?.value).toBe(
      'dana@harborlaw.example',
    );
  });

  it('asks for the code when the account wants one, and takes it with spaces', async () => {
    await enter('dana@harborlaw.example', 'secret');
    http.expectOne('/api/v1/auth/login').flush({ data: { second_factor: 'totp' } });
    await settle();
    expect(went).not.toHaveBeenCalled();
    fill('[inputmode=numeric]', '12');
    await submit();
    expect(text()).toContain('The code has six digits.');
    fill('[inputmode=numeric]', ' 123 456');
    await submit();
    const call = http.expectOne('/api/v1/auth/second-factor');
    expect(call.request.body).toEqual({ code: '123456' });
    call.flush({ data: {} });
    await settle();
    expect(went).toHaveBeenCalled();
  });
});
