import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { LINK_STATES, Listed, Matter } from '@matterline/contracts';
import { definedParams } from '../../../shared/api/defined-params';
import { liveRead } from '../../../shared/api/live-read';
import { Time } from '../../../shared/time/time';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { pageNumber } from '../../../shared/ui/page-number';
import { Pager } from '../../../shared/ui/pager';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { SearchField } from '../../../shared/ui/search-field';
import { updateQuery } from '../../../shared/ui/update-query';
import { LINK_WORDS } from '../data/link-words';
import { MATTERS_URL } from '../data/matters-api';
import { LinkStateChip } from '../ui/link-state';

@Component({
  selector: 'ml-matters-page',
  imports: [
    RouterLink,
    MatButton,
    MatFormField,
    MatLabel,
    MatOption,
    MatSelect,
    EmptyState,
    LinkStateChip,
    Loading,
    PageHeader,
    Pager,
    ProblemCard,
    ProblemNote,
    SearchField,
    Time,
  ],
  templateUrl: './matters-page.html',
  styles: `
    .list {
      overflow: hidden;
    }
    .title {
      min-width: 11rem;
    }
    a.primary {
      text-decoration: none;
    }
    a.primary:hover {
      text-decoration: underline;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MattersPage {
  readonly state = input<string>();
  readonly q = input<string>();
  readonly page = input<string>();

  protected readonly read = liveRead<Listed<Matter>>(
    () => ({
      url: MATTERS_URL,
      params: { ...definedParams({ state: this.state(), q: this.q() }), page: pageNumber(this.page()) },
    }),
    (change) => change.kind === 'matter',
  );
  protected readonly update = updateQuery();
  protected readonly states = LINK_STATES;
  protected readonly words = LINK_WORDS;
}
