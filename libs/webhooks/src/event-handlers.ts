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

/** Exactly one handler an event type; types without one are kept and shown. */
@Injectable()
export class EventHandlers {
  private readonly smokeball = new Map<string, SmokeballEventHandler>();
  private readonly caseHug = new Map<string, CaseHugEventHandler>();

  onSmokeball(types: readonly string[], handler: SmokeballEventHandler): void {
    for (const type of types) add(this.smokeball, type, handler);
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

  /** The types to subscribe to at Smokeball. */
  smokeballTypes(): string[] {
    return [...this.smokeball.keys()];
  }
}

function add<T>(handlers: Map<string, T>, type: string, handler: T): void {
  if (handlers.has(type)) throw new Error(`two handlers for ${type}`);
  handlers.set(type, handler);
}
