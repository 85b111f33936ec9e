import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatterLink } from '@matterline/contracts';
import { Chip } from '../../../shared/ui/chip';
import { CopyText } from '../../../shared/ui/copy-text';
import { Icon } from '../../../shared/ui/icon';
import { safeLink } from '../../../shared/ui/safe-link';
import { Tone } from '../../../shared/ui/tone';
import { linkWord } from '../data/link-words';
import { LinkStateChip } from '../ui/link-state';

const STATUS_TONES: Readonly<Record<string, Tone>> = { Open: 'ok', Pending: 'wait', Deleted: 'bad' };

/** Where the matter stands in Smokeball. */
@Component({
  selector: 'ml-link-card',
  imports: [MatButton, Chip, CopyText, Icon, LinkStateChip],
  template: `
    <section class="card" aria-labelledby="link-heading">
      <div class="card-head">
        <h2 id="link-heading">In Smokeball</h2>
        <ml-link-state [state]="link().state" />
      </div>
      <div class="card-body">
        <p class="muted">{{ meaning() }}</p>
        <dl class="facts">
          <dt>Number</dt>
          <dd>{{ link().smokeball_number ?? '–' }}</dd>
          <dt>Status</dt>
          <dd>
            @if (link().smokeball_status; as status) {
              <ml-chip [tone]="tone(status)">{{ status }}</ml-chip>
            } @else {
              –
            }
          </dd>
          <dt>Matter type</dt>
          <dd>{{ link().matter_type?.name ?? link().matter_type?.id ?? '–' }}</dd>
          <dt>Smokeball Matter ID</dt>
          <dd>
            @if (link().smokeball_matter_id; as id) {
              <ml-copy-text [text]="id" label="Smokeball Matter ID" />
            } @else {
              –
            }
          </dd>
        </dl>
        @if (address(); as url) {
          <a matButton="tonal" [href]="url" target="_blank" rel="noopener noreferrer">
            <ml-icon name="external" />Open in Smokeball<span class="sr-only"> (opens in a new tab)</span>
          </a>
        }
      </div>
    </section>
  `,
  styles: `
    .card-body {
      display: grid;
      justify-items: start;
      gap: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LinkCard {
  readonly link = input.required<MatterLink>();
  protected readonly meaning = computed(() => linkWord(this.link().state).meaning);
  protected readonly address = computed(() => safeLink(this.link().url));

  protected tone(status: string): Tone {
    return STATUS_TONES[status] ?? 'quiet';
  }
}
