import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatOption, MatSelect } from '@angular/material/select';
import {
  CaseType,
  Envelope,
  MappingSaved,
  MatterTypeChoice,
  MatterTypeChoices,
  TypeLocation,
} from '@matterline/contracts';
import { firstValueFrom } from 'rxjs';
import { definedParams } from '../../../shared/api/defined-params';
import { liveRead } from '../../../shared/api/live-read';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { SearchField } from '../../../shared/ui/search-field';
import { MappingApi, MATTER_TYPES_URL } from '../data/mapping-api';
import { caseTypeTitle, mappedName } from '../data/mapping-words';

export interface ChooseTypeQuestion {
  readonly row: CaseType;
  readonly locations: readonly TypeLocation[];
}

/** Chooses the matter type of a case type. Closes with what was saved, or with `removed`. */
@Component({
  selector: 'ml-choose-type-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatLabel,
    MatOption,
    MatSelect,
    ProblemNote,
    SearchField,
  ],
  templateUrl: './choose-type-dialog.html',
  styleUrl: './choose-type-dialog.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChooseTypeDialog {
  private readonly api = inject(MappingApi);
  private readonly dialog = inject<MatDialogRef<ChooseTypeDialog, MappingSaved | 'removed'>>(MatDialogRef);
  private readonly question = inject<ChooseTypeQuestion>(MAT_DIALOG_DATA);

  protected readonly row = this.question.row;
  protected readonly locations = this.question.locations;
  protected readonly title = caseTypeTitle(this.row);
  protected readonly location = signal(
    this.row.mapping?.location ?? this.row.becomes?.matter_type.location ?? this.row.state ?? null,
  );
  protected readonly words = signal<string | null>(null);
  protected readonly everywhere = signal(this.row.state === null);
  protected readonly chosen = signal<MatterTypeChoice | null>(null);
  /** Nothing chosen: the usual role of such a client. */
  protected readonly role = linkedSignal<MatterTypeChoice | null, string | null>({
    source: this.chosen,
    computation: (type) =>
      type?.client_roles.includes(this.row.mapping?.client_role ?? '') ? (this.row.mapping?.client_role ?? null) : null,
  });
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected readonly read = liveRead<Envelope<MatterTypeChoices>>(() => {
    const location = this.location();
    if (location === null) return undefined;
    return { url: MATTER_TYPES_URL, params: { location, ...definedParams({ q: this.words() ?? undefined }) } };
  });
  protected readonly types = computed(() => this.read.value()?.data.types ?? []);
  protected readonly hidden = computed(() => (this.read.value()?.data.total ?? 0) - this.types().length);

  protected lookIn(location: string): void {
    this.location.set(location);
    this.chosen.set(null);
  }

  protected save(): Promise<void> {
    const [type, location] = [this.chosen(), this.location()];
    if (!type || !location) return Promise.resolve();
    return this.run(async () => {
      const saved = await firstValueFrom(
        this.api.save({
          case_type: mappedName(this.row),
          state: this.everywhere() ? null : this.row.state,
          matter_type_id: type.id,
          location,
          client_role: this.role(),
        }),
      );
      this.dialog.close(saved);
    });
  }

  protected remove(): Promise<void> {
    return this.run(async () => {
      await firstValueFrom(this.api.remove({ case_type: mappedName(this.row), state: this.row.state }));
      this.dialog.close('removed');
    });
  }

  private async run(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
