import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { DocumentChange, DocumentHistory, Envelope } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Time } from '../../../shared/time/time';
import { Chip } from '../../../shared/ui/chip';
import { Icon } from '../../../shared/ui/icon';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { changeWords } from '../data/change-words';
import { MATTERS_URL } from '../data/matters-api';

/** What Smokeball remembers of a document's file, asked for when it is opened, with each version to download. */
@Component({
  selector: 'ml-document-history',
  imports: [Chip, Icon, ProblemNote, Time],
  template: `
    @if (read.value(); as answer) {
      @if (answer.data.is_deleted) {
        <p class="bad small">This file was deleted in Smokeball.</p>
      }
      <ol>
        @for (entry of answer.data.changes; track $index) {
          <li>
            <span class="what">
              {{ words(entry) }}
              @if (entry.version_id && entry.version_id === answer.data.current_version_id) {
                <ml-chip tone="ok">Current</ml-chip>
              }
            </span>
            <span class="muted small"><ml-time [at]="entry.at" absent="At an unknown time" />{{ origin(entry) }}</span>
            @if (entry.version_id; as version) {
              <a class="small" [href]="contentOf(version)" download
                ><ml-icon name="incoming" />Download<span class="sr-only"> this version of {{ name() }}</span></a
              >
            }
          </li>
        } @empty {
          <li class="muted small">Smokeball has written nothing down about this file yet.</li>
        }
      </ol>
    } @else if (read.problem(); as problem) {
      <ml-problem-note doing="Its history could not be read." [problem]="problem" />
    } @else {
      <p class="muted small" role="status">Asking Smokeball…</p>
    }
  `,
  styles: `
    ol {
      display: grid;
      gap: 0.625rem;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.25rem 0.875rem;
    }
    .what {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      overflow-wrap: anywhere;
    }
    a {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
    }
    .bad {
      margin-bottom: 0.5rem;
      color: var(--ml-bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DocumentHistoryList {
  readonly matterId = input.required<string>();
  readonly uploadId = input.required<string>();
  readonly name = input.required<string>();
  /** The version that Matterline knows; another one asks Smokeball again. */
  readonly version = input.required<string | null>();

  protected readonly words = changeWords;
  private readonly url = computed(
    () => `${MATTERS_URL}/${encodeURIComponent(this.matterId())}/documents/${encodeURIComponent(this.uploadId())}`,
  );
  protected readonly read = liveRead<Envelope<DocumentHistory>>(() => {
    this.version();
    return { url: `${this.url()}/history` };
  });

  protected origin({ version_id: version, upload_id: upload }: DocumentChange): string {
    if (version === null) return '';
    return upload === null ? ', made in Smokeball' : ', sent by Matterline';
  }

  protected contentOf(version: string): string {
    return `${this.url()}/content?version_id=${encodeURIComponent(version)}`;
  }
}
