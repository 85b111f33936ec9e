import { ChangeDetectionStrategy, Component, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Listed, MatterDocument } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Chip } from '../../../shared/ui/chip';
import { CopyText } from '../../../shared/ui/copy-text';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Icon } from '../../../shared/ui/icon';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { byteSize } from '../data/byte-size';
import { documentWord } from '../data/document-words';
import { MATTERS_URL } from '../data/matters-api';
import { DocumentHistoryList } from './document-history-list';

const SHOWN_AT_ONCE = 100;

/** The documents of a matter, with what proves that the right bytes arrived. */
@Component({
  selector: 'ml-documents-card',
  imports: [Chip, CopyText, DocumentHistoryList, EmptyState, Icon, MatButton, ProblemNote],
  templateUrl: './documents-card.html',
  styles: `
    section {
      overflow: hidden;
    }
    .name {
      min-width: 11rem;
    }
    .file {
      display: flex;
      gap: 0.625rem;
    }
    .file ml-icon {
      color: var(--ml-ink-soft);
    }
    .error {
      padding-left: 1.875rem;
      color: var(--ml-bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DocumentsCard {
  readonly matterId = input.required<string>();

  protected readonly read = liveRead<Listed<MatterDocument>>(
    () => ({
      url: `${MATTERS_URL}/${encodeURIComponent(this.matterId())}/documents`,
      params: { per_page: SHOWN_AT_ONCE },
    }),
    (change) => change.kind === 'document' || change.kind === 'operation',
  );
  private readonly opened = signal<ReadonlySet<string>>(new Set());
  protected readonly word = documentWord;
  protected readonly size = byteSize;

  protected isOpen(uploadId: string): boolean {
    return this.opened().has(uploadId);
  }

  protected toggle(uploadId: string): void {
    this.opened.update((opened) => {
      const next = new Set(opened);
      if (!next.delete(uploadId)) next.add(uploadId);
      return next;
    });
  }

  protected short(id: string): string {
    return id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
  }
}
