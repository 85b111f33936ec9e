import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatError, MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { firstValueFrom, Observable } from 'rxjs';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { safeReturn } from '../../../shared/session/safe-return';
import { Session } from '../../../shared/session/session';
import { Banner } from '../../../shared/ui/banner';
import { Logo } from '../../../shared/ui/logo';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { SignInApi, SignInStep } from '../data/sign-in-api';

/** E-mail and password, then a code when the account asks for one. */
@Component({
  selector: 'ml-sign-in-page',
  imports: [ReactiveFormsModule, MatButton, MatError, MatFormField, MatInput, MatLabel, Banner, Logo, ProblemNote],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  private readonly api = inject(SignInApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly forms = inject(NonNullableFormBuilder);

  /** Where to go afterwards, from the address. */
  readonly return = input<string>();
  readonly ended = input<string>();

  protected readonly step = signal<'password' | 'code'>('password');
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly credentials = this.forms.group({
    email: ['', [Validators.required, Validators.pattern(/^\s*\S+@\S+\s*$/)]],
    password: ['', Validators.required],
  });
  protected readonly factor = this.forms.group({
    code: ['', [Validators.required, Validators.pattern(/^\s*(\d\s*){6}$/)]],
  });

  protected signIn(): Promise<void> {
    const { email, password } = this.credentials.getRawValue();
    return this.attempt(this.credentials.valid, () => this.api.signIn(email.trim(), password));
  }

  protected sendCode(): Promise<void> {
    const code = this.factor.getRawValue().code.replace(/\s/g, '');
    return this.attempt(this.factor.valid, () => this.api.secondFactor(code));
  }

  protected startAgain(): void {
    this.problem.set(null);
    this.factor.reset();
    this.credentials.controls.password.reset();
    this.step.set('password');
  }

  private async attempt(valid: boolean, call: () => Observable<SignInStep>): Promise<void> {
    if (!valid || this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      if ((await firstValueFrom(call())) === 'totp') this.step.set('code');
      else await this.enter();
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
    }
  }

  private async enter(): Promise<void> {
    this.session.forget();
    await this.router.navigateByUrl(safeReturn(this.return()));
  }
}
