import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ConnectionState } from '@matterline/contracts';
import { Chip } from '../../../shared/ui/chip';
import { StateWord } from '../../../shared/ui/tone';
import { CONNECTION_WORDS } from '../data/connection-words';

@Component({
  selector: 'ml-connection-state',
  imports: [Chip],
  template: `<ml-chip [tone]="word().tone">{{ word().word }}</ml-chip>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionStateChip {
  readonly state = input.required<ConnectionState>();
  protected readonly word = computed<StateWord>(
    () => CONNECTION_WORDS[this.state()] ?? { tone: 'quiet', word: this.state() },
  );
}
