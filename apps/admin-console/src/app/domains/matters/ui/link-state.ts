import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { LinkState } from '@matterline/contracts';
import { Chip } from '../../../shared/ui/chip';
import { linkWord } from '../data/link-words';

@Component({
  selector: 'ml-link-state',
  imports: [Chip],
  template: `<ml-chip [tone]="word().tone" [title]="word().meaning">{{ word().word }}</ml-chip>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LinkStateChip {
  readonly state = input.required<LinkState>();
  protected readonly word = computed(() => linkWord(this.state()));
}
