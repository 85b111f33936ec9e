import type { OperationKind } from '@matterline/contracts';
import { type AppUnderTest } from '../../../../config/testing/app-under-test';
import { type OperationContext, OperationHandlers } from '../operations/operation-handler';
import { OPERATION_COLUMNS, type OperationRow } from '../operations/operation-row';
import { OperationRunner } from '../operations/operation-runner';
import { type NewOperation, Operations } from '../operations/operations';
import { type Outcome, SUCCEEDED } from '../operations/outcome';

export type Step = (context: OperationContext) => Promise<Outcome> | Outcome;

/** Operations of a kind that no room handles; what each run does is the test's. */
export class ScriptedWork {
  readonly kind: OperationKind = 'reconcile';
  /** Ids in the order in which they were run. */
  readonly ran: string[] = [];
  execute: Step = () => SUCCEEDED;
  confirm: Step = () => SUCCEEDED;

  constructor(readonly at: AppUnderTest) {
    at.get(OperationHandlers).register({
      kind: this.kind,
      execute: async (context) => {
        this.ran.push(context.operation.id);
        return await this.execute(context);
      },
      confirm: async (context) => await this.confirm(context),
    });
  }

  async add(firmId: string, change: Partial<NewOperation> = {}): Promise<string> {
    const entityId = change.entityId ?? `mat_${Math.random().toString(36).slice(2)}`;
    const operation = {
      kind: this.kind,
      subject: `matter:${entityId}`,
      matterId: entityId,
      entityType: 'matter',
      entityId,
      trigger: 'auto',
      ...change,
    } as const;
    const { id } = await this.at.inFirm(firmId, (scope) => this.at.get(Operations).enqueue(scope, operation));
    return id;
  }

  run(firmId: string, id: string): Promise<void> {
    return this.at.get(OperationRunner).run(firmId, id);
  }

  async row(id: string): Promise<OperationRow> {
    const [row] = await this.at.database.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where id = $1`,
      [id],
    );
    if (!row) throw new Error('no such operation');
    return row;
  }

  async state(id: string): Promise<string> {
    return (await this.row(id)).state;
  }
}
