import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Chip } from '../../../shared/ui/chip';
import { OperationState } from '../data/operation';
import { STATE_MEANINGS, stateWord } from '../data/operation-words';

@Component({
  selector: 'ml-operation-state',
  imports: [Chip],
  template: `<ml-chip [tone]="word().tone" [title]="meaning()">{{ word().word }}</ml-chip>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OperationStateChip {
  readonly state = input.required<OperationState>();
  protected readonly word = computed(() => stateWord(this.state()));
  protected readonly meaning = computed(() => STATE_MEANINGS[this.state()] ?? '');
}
