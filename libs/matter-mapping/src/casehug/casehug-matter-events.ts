import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CaseHugEvent, type EventEffect, EventHandlers } from '@matterline/webhooks';
import { type Completion, CompleteMatter } from './complete-matter';

const TYPES = ['matter.created', 'matter.updated', 'matter.archived'];
const NOTES: Readonly<Record<Completion, string>> = {
  taken: 'read from CaseHug and taken',
  no_api: 'waits for CaseHug to send the matter itself',
  absent: 'CaseHug does not know the matter any more',
  unusable: 'what CaseHug says of the matter cannot be used',
};

/** Matters that CaseHug tells of by event. */
@Injectable()
export class CaseHugMatterEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly completeMatter: CompleteMatter,
  ) {}

  onModuleInit(): void {
    this.handlers.onCaseHug(TYPES, (event) => this.handle(event));
    this.handlers.onCaseHug(['webhook.test'], () => Promise.resolve({ note: 'a test, received well' }));
  }

  private async handle({ firmId, data }: CaseHugEvent): Promise<EventEffect> {
    const matterId = data['id'];
    if (typeof matterId !== 'string') return { note: 'it names no matter' };
    return { note: NOTES[await this.completeMatter.complete(firmId, matterId)], matterId };
  }
}
