import { Injectable } from '@nestjs/common';
import type { WebhookNotification } from '@matterline/smokeball-client';

/** What became of an event: a note for the history, and the matter it was about if there is one. */
export interface EventEffect {
  readonly note: string;
  readonly matterId?: string | null;
}

/** A verified event from Smokeball. Its body is a hint: a handler reads the record itself before it believes anything. */
export interface SmokeballEvent {
  readonly firmId: string;
  readonly id: string;
  readonly type: string;
  readonly resourceId: string | null;
  /** Ours when one of our own calls caused it. */
  readonly requestId: string | null;
  /** True when `requestId` is an operation of ours: confirm and refresh, never push back. */
  readonly isEcho: boolean;
  readonly notification: WebhookNotification;
  /** All events of the record that this one reading answers, this one among them; absent when it stands alone. */
  readonly together?: readonly GatheredEvent[];
}
export interface GatheredEvent {
  readonly type: string;
  readonly isEcho: boolean;
  readonly notification: WebhookNotification;
}
export type SmokeballEventHandler = (event: SmokeballEvent) => Promise<EventEffect>;

/** A verified event from CaseHug. */
export interface CaseHugEvent {
  readonly firmId: string;
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type CaseHugEventHandler = (event: CaseHugEvent) => Promise<EventEffect>;

/** Thrown by a handler that needs something which is away right now; the event is looked at again later. */
export class EventNotYet extends Error {}

/** Types that are kept and shown; nothing follows of them. */
const SHOWN_TYPES: Readonly<Record<string, string>> = {
  noop: 'a test event from Smokeball',
  ...shown(['memo.created', 'memo.updated', 'memo.deleted', 'memo.restored'], 'a memo was changed in Smokeball'),
  ...shown(['task.created', 'task.updated', 'task.deleted', 'task.completed'], 'a task was changed in Smokeball'),
};

/** Exactly one handler an event type; types without one are kept and shown. */
@Injectable()
export class EventHandlers {
  private readonly smokeball = new Map<string, SmokeballEventHandler>();
  private readonly caseHug = new Map<string, CaseHugEventHandler>();
  private readonly gathered = new Map<string, readonly string[]>();

  /** With `gather`, waiting events of these types with one resource are one record's: they reach the handler together. */
  onSmokeball(types: readonly string[], handler: SmokeballEventHandler, { gather = false } = {}): void {
    for (const type of types) add(this.smokeball, type, handler);
    if (gather) for (const type of types) this.gathered.set(type, types);
  }

  onCaseHug(types: readonly string[], handler: CaseHugEventHandler): void {
    for (const type of types) add(this.caseHug, type, handler);
  }

  forSmokeball(type: string): SmokeballEventHandler | undefined {
    return this.smokeball.get(type);
  }

  forCaseHug(type: string): CaseHugEventHandler | undefined {
    return this.caseHug.get(type);
  }

  /** The types whose events one reading of the record answers; none when an event stands alone. */
  gatheredWith(type: string): readonly string[] {
    return this.gathered.get(type) ?? [];
  }

  /** Why an event of a type without a handler is only kept and shown; null for a type that nobody knows. */
  shownBecause(type: string): string | null {
    return SHOWN_TYPES[type] ?? null;
  }

  /** The types to subscribe to at Smokeball. A test event comes to whoever asks for it. */
  smokeballTypes(): string[] {
    return [...new Set([...this.smokeball.keys(), ...Object.keys(SHOWN_TYPES)])].filter((type) => type !== 'noop');
  }
}

function add<T>(handlers: Map<string, T>, type: string, handler: T): void {
  if (handlers.has(type)) throw new Error(`two handlers for ${type}`);
  handlers.set(type, handler);
}

function shown(types: readonly string[], note: string): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, note]));
}

/** The types of all events that one reading answers. */
export function typesOf(event: SmokeballEvent): readonly string[] {
  return [...new Set([event.type, ...(event.together ?? []).map(({ type }) => type)])];
}
