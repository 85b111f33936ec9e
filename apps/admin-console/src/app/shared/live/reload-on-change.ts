import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { auditTime, filter, merge, Subject } from 'rxjs';
import { Change } from './change';
import { LiveStream } from './live-stream';

/** Changes come in bursts; one re-read per burst is enough, and a burst that never ends still re-reads this often. */
export const RELOAD_AFTER_MS = 300;

interface Reloadable {
  reload(): boolean;
  isLoading(): boolean;
}

/** Re-reads a resource when something it shows has changed. Needs an injection context; ends with it. */
export function reloadOnChange(resource: Reloadable, concerns: (change: Change) => boolean): void {
  const again = new Subject<void>();
  const relevant = inject(LiveStream).changes.pipe(
    filter((change) => change.kind === 'everything' || concerns(change)),
  );
  merge(relevant, again)
    .pipe(auditTime(RELOAD_AFTER_MS), takeUntilDestroyed())
    .subscribe(() => {
      // A first load that is under way cannot be restarted and may predate the change: ask once more after it.
      if (!resource.reload() && resource.isLoading()) again.next();
    });
}
