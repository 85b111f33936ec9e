import { httpResource, HttpResourceRequest } from '@angular/common/http';
import { computed, linkedSignal, Signal } from '@angular/core';
import { Change } from '../live/change';
import { reloadOnChange } from '../live/reload-on-change';
import { Problem } from './problem';
import { toProblem } from './to-problem';

export interface LiveRead<T> {
  /** The newest good answer; stays while the next one is on its way. */
  readonly value: Signal<T | undefined>;
  readonly problem: Signal<Problem | undefined>;
  readonly busy: Signal<boolean>;
  readonly retry: () => void;
}

interface Kept<T> {
  readonly key: string;
  readonly value: T | undefined;
}

/**
 * A read that keeps itself fresh and never makes the page jump: changes that concern it re-read it in the background, and
 * the old answer stays until the new one is there. A refusal or another question that failed drops the old answer.
 */
export function liveRead<T>(
  request: () => HttpResourceRequest | undefined,
  concerns: (change: Change) => boolean = () => false,
): LiveRead<T> {
  const resource = httpResource<T>(request);
  const key = computed(() => JSON.stringify(request() ?? null));
  const problem = computed(() => (resource.error() ? toProblem(resource.error()) : undefined));
  const kept = linkedSignal<Kept<T> & { readonly problem: Problem | undefined }, Kept<T>>({
    source: () => ({ key: key(), value: resource.hasValue() ? resource.value() : undefined, problem: problem() }),
    computation: (now, previous) => {
      if (now.value !== undefined) return { key: now.key, value: now.value };
      const old = previous?.value ?? { key: now.key, value: undefined };
      if (!now.problem) return old;
      const sameQuestion = old.key === now.key;
      const passing = now.problem.kind === 'failed' || now.problem.kind === 'offline';
      return sameQuestion && passing ? old : { key: now.key, value: undefined };
    },
  });
  reloadOnChange(resource, concerns);
  return {
    value: computed(() => kept().value),
    problem,
    busy: resource.isLoading,
    retry: () => resource.reload(),
  };
}
