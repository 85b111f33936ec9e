import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Attorney, Matter, Party } from '@matterline/contracts';
import { partyName } from '../data/party-name';

const ATTORNEY_WORDS: Readonly<Record<Attorney['role'], string>> = {
  responsible: 'responsible',
  assisting: 'assisting',
  originating: 'originating',
};

/** The matter as CaseHug describes it. */
@Component({
  selector: 'ml-picture-card',
  template: `
    <section class="card" aria-labelledby="picture-heading">
      <div class="card-head"><h2 id="picture-heading">In CaseHug</h2></div>
      <dl class="facts card-body">
        <dt>Client</dt>
        <dd>
          @for (client of matter().clients; track client.id) {
            <div>
              <strong>{{ name(client) }}</strong>
              @if (contact(client)) {
                <span class="muted small block">{{ contact(client) }}</span>
              }
            </div>
          } @empty {
            <span class="muted">None yet</span>
          }
        </dd>
        @if (matter().other_sides.length > 0) {
          <dt>Other side</dt>
          <dd>
            @for (party of matter().other_sides; track party.id) {
              <div>{{ name(party) }}</div>
            }
          </dd>
        }
        <dt>Case type</dt>
        <dd>{{ matter().case_type ?? '–' }}</dd>
        <dt>Practice area</dt>
        <dd>{{ matter().practice_area ?? '–' }}</dd>
        <dt>Place</dt>
        <dd>{{ place() }}</dd>
        <dt>Attorneys</dt>
        <dd>
          @for (attorney of matter().attorneys; track attorney.email) {
            <div>
              {{ attorney.email }} <span class="muted small">{{ roles[attorney.role] }}</span>
            </div>
          } @empty {
            –
          }
        </dd>
        @if (matter().tags.length > 0) {
          <dt>Tags</dt>
          <dd>{{ matter().tags.join(', ') }}</dd>
        }
        @if (matter().description) {
          <dt>Description</dt>
          <dd>{{ matter().description }}</dd>
        }
      </dl>
    </section>
  `,
  styles: `
    .block {
      display: block;
    }
    dd div + div {
      margin-top: 0.375rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PictureCard {
  readonly matter = input.required<Matter>();
  protected readonly roles = ATTORNEY_WORDS;
  protected readonly name = partyName;
  protected readonly place = computed(
    () => [this.matter().county, this.matter().state].filter(Boolean).join(', ') || '–',
  );

  protected contact(party: Party): string {
    return [party.email, party.mobile ?? party.phone].filter(Boolean).join(' · ');
  }
}
