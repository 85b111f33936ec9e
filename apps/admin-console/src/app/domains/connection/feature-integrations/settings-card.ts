import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { MatSlideToggle, MatSlideToggleChange } from '@angular/material/slide-toggle';
import { firstValueFrom } from 'rxjs';
import { FirmSettings } from '@matterline/contracts';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Session } from '../../../shared/session/session';
import { Icon } from '../../../shared/ui/icon';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { ConnectionApi } from '../data/connection-api';
import { SETTING_TEXTS, SettingKey } from '../data/setting-texts';

interface Saving {
  readonly key: SettingKey;
  readonly state: 'saving' | 'saved';
}

interface Refusal {
  readonly key: SettingKey;
  readonly problem: Problem;
}

/** Switches that are saved one by one, as they are turned; a refusal turns the switch back and says why. */
@Component({
  selector: 'ml-settings-card',
  imports: [MatSlideToggle, Icon, ProblemNote],
  template: `
    <section class="card" aria-labelledby="settings-heading">
      <div class="card-head">
        <h2 id="settings-heading">What is sent, and when</h2>
        @if (!mayChange()) {
          <span class="muted small">Only a firm admin can change these.</span>
        }
      </div>
      <ul>
        @for (setting of texts; track setting.key) {
          <li>
            <div class="words">
              <h3 [id]="'label-' + setting.key">{{ setting.title }}</h3>
              <p class="muted" [id]="'text-' + setting.key">{{ setting.text }}</p>
            </div>
            <span class="feedback small" role="status">
              @if (saving()?.key === setting.key) {
                @if (saving()?.state === 'saved') {
                  <ml-icon name="check" />Saved
                } @else {
                  Saving…
                }
              }
            </span>
            @if (mayChange()) {
              <mat-slide-toggle
                hideIcon
                [aria-labelledby]="'label-' + setting.key"
                [aria-describedby]="'text-' + setting.key"
                [checked]="shown()[setting.key]"
                [disabled]="saving()?.state === 'saving'"
                (change)="save(setting.key, $event)"
              />
            } @else {
              <strong>{{ shown()[setting.key] ? 'On' : 'Off' }}</strong>
            }
            @if (refusal()?.key === setting.key && refusal()?.problem; as problem) {
              <ml-problem-note class="refusal" doing="This setting was not saved." [problem]="problem" />
            }
          </li>
        }
      </ul>
    </section>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.75rem 1rem;
      padding: 1rem 1.25rem;
    }
    li + li {
      border-top: 1px solid var(--ml-line);
    }
    .words {
      flex: 1 1 12rem;
      min-width: 0;
    }
    .words p {
      max-width: 36rem;
      font-size: 0.875rem;
    }
    .feedback {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      color: var(--ml-ok);
      white-space: nowrap;
    }
    .refusal {
      flex: 1 0 100%;
    }
    .feedback ml-icon {
      width: 1rem;
      height: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingsCard {
  private readonly api = inject(ConnectionApi);
  private readonly session = inject(Session);

  readonly settings = input.required<FirmSettings>();
  readonly changed = output();

  protected readonly shown = linkedSignal(() => this.settings());
  protected readonly saving = signal<Saving | null>(null);
  protected readonly refusal = signal<Refusal | null>(null);
  protected readonly mayChange = computed(() => this.session.may('change_settings'));
  protected readonly texts = SETTING_TEXTS;

  protected async save(key: SettingKey, turned: MatSlideToggleChange): Promise<void> {
    const before = this.shown();
    const value = turned.checked;
    this.shown.set({ ...before, [key]: value });
    this.saving.set({ key, state: 'saving' });
    this.refusal.set(null);
    try {
      const connection = await firstValueFrom(this.api.change({ [key]: value }));
      this.shown.set(connection.settings);
      this.saving.set({ key, state: 'saved' });
      this.changed.emit();
    } catch (thrown) {
      this.shown.set(before);
      // The switch turned by itself when it was clicked; a refusal that comes quickly shows the page no change to bind.
      turned.source.checked = before[key];
      this.saving.set(null);
      this.refusal.set({ key, problem: toProblem(thrown) });
    }
  }
}
