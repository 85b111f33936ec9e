import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Operation } from '@matterline/contracts';
import { Chip } from '../../../shared/ui/chip';
import { standingMeaning, standingWord } from '../data/operation-words';

@Component({
  selector: 'ml-operation-state',
  imports: [Chip],
  template: `<ml-chip [tone]="word().tone" [title]="meaning()">{{ word().word }}</ml-chip>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OperationStateChip {
  readonly operation = input.required<Pick<Operation, 'state' | 'error'>>();
  protected readonly word = computed(() => standingWord(this.operation()));
  protected readonly meaning = computed(() => standingMeaning(this.operation()));
}
