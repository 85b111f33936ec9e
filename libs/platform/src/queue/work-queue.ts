import type { RateLane } from '../rate/rate-line';

/** What a wake-up may carry: which kind of row, whose, its id and how urgent it is. Never content. */
export interface WorkItem {
  readonly topic: WorkTopic;
  readonly firmId: string;
  readonly id: string;
  /** Absent: as urgent as most. */
  readonly lane?: RateLane;
}

export const WORK_TOPICS = ['operation', 'event_in', 'delivery'] as const;
export type WorkTopic = (typeof WORK_TOPICS)[number];

/**
 * Says *wake up and look* to some worker process. Losing a wake-up loses nothing: a sweeper finds what is due.
 * `wake` never waits and never throws, so that a broken queue cannot stand in a request's way.
 */
export abstract class WorkQueue {
  abstract wake(item: WorkItem): void;
  abstract consume(handler: (item: WorkItem) => Promise<void>): Promise<void>;
  /** Null when well, else the reason in one word. */
  abstract health(): Promise<string | null>;
}
