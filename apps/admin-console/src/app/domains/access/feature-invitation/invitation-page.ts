import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatError, MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Banner } from '../../../shared/ui/banner';
import { Logo } from '../../../shared/ui/logo';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { SignInApi } from '../data/sign-in-api';

const PASSWORD_MIN = 8;

/** An invited person chooses a password. The token stands behind the `#`, so it reaches no server log. */
@Component({
  selector: 'ml-invitation-page',
  imports: [
    ReactiveFormsModule,
    RouterLink,
    MatButton,
    MatError,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    Banner,
    Logo,
    ProblemNote,
  ],
  templateUrl: './invitation-page.html',
  styleUrl: './invitation-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitationPage {
  private readonly api = inject(SignInApi);
  private readonly token = inject(ActivatedRoute).snapshot.fragment ?? '';

  protected readonly hasToken = this.token !== '';
  protected readonly busy = signal(false);
  protected readonly isDone = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly form = inject(NonNullableFormBuilder).group({
    password: ['', [Validators.required, Validators.minLength(PASSWORD_MIN)]],
  });

  protected async accept(): Promise<void> {
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await firstValueFrom(this.api.acceptInvitation(this.token, this.form.getRawValue().password));
      this.isDone.set(true);
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
