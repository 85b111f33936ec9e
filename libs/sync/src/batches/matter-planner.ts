import { Injectable } from '@nestjs/common';
import type { OperationTrigger } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';

export interface PlanRequest {
  readonly matterId: string;
  readonly trigger: OperationTrigger;
  readonly batchId?: string | null;
  readonly dryRun?: boolean;
}

/** How many operations the matter needs now, or why none: a code such as `waiting_for_client`. */
export type Plan = { readonly operations: number } | { readonly skipped: string };

/** What it takes to bring a matter into Smokeball; known to the room of the matters, which registers here. */
export type PlanMatter = (scope: FirmScope, request: PlanRequest) => Promise<Plan>;

@Injectable()
export class MatterPlanner {
  private planMatter: PlanMatter | null = null;

  register(planMatter: PlanMatter): void {
    if (this.planMatter) throw new Error('two planners of matters');
    this.planMatter = planMatter;
  }

  async plan(scope: FirmScope, request: PlanRequest): Promise<Plan> {
    if (!this.planMatter) throw new Error('no planner of matters');
    return await this.planMatter(scope, request);
  }
}
