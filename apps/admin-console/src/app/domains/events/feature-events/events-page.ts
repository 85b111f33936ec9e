import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EventRecord, Listed } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Time } from '../../../shared/time/time';
import { Chip } from '../../../shared/ui/chip';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Icon } from '../../../shared/ui/icon';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { pageNumber } from '../../../shared/ui/page-number';
import { Pager } from '../../../shared/ui/pager';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { eventWord, SOURCE_WORDS } from '../data/event-words';

/** Events of both directions. */
@Component({
  selector: 'ml-events-page',
  imports: [RouterLink, Chip, EmptyState, Icon, Loading, PageHeader, Pager, ProblemCard, ProblemNote, Time],
  templateUrl: './events-page.html',
  styles: `
    .list {
      overflow: hidden;
    }
    .way {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      font-weight: 500;
      white-space: nowrap;
    }
    .way ml-icon {
      width: 1.125rem;
      height: 1.125rem;
      color: var(--ml-info);
    }
    .way[data-direction='out'] ml-icon {
      color: var(--ml-accent);
    }
    .event {
      min-width: 11rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EventsPage {
  readonly page = input<string>();

  protected readonly read = liveRead<Listed<EventRecord>>(
    () => ({ url: '/api/v1/console/events', params: { page: pageNumber(this.page()) } }),
    (change) => change.kind === 'event',
  );
  protected readonly sources = SOURCE_WORDS;
  protected readonly word = eventWord;
}
