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

/** What it takes to bring a part of a matter into Smokeball; known to the rooms of the parts, which register here. */
export type PlanPart = (scope: FirmScope, request: PlanRequest) => Promise<Plan>;

/** Asks the matter's own room first; a matter that is skipped has no parts to plan. */
@Injectable()
export class MatterPlanner {
  private planMatter: PlanPart | null = null;
  private readonly parts: PlanPart[] = [];

  register(planMatter: PlanPart): void {
    if (this.planMatter) throw new Error('two planners of matters');
    this.planMatter = planMatter;
  }

  registerPart(planPart: PlanPart): void {
    this.parts.push(planPart);
  }

  async plan(scope: FirmScope, request: PlanRequest): Promise<Plan> {
    if (!this.planMatter) throw new Error('no planner of matters');
    const plan = await this.planMatter(scope, request);
    if ('skipped' in plan) return plan;
    let operations = plan.operations;
    for (const planPart of this.parts) {
      const part = await planPart(scope, request);
      if ('operations' in part) operations += part.operations;
    }
    return { operations };
  }
}
