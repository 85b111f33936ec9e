import { Global, Module } from '@nestjs/common';
import { Batches } from './batches/batches';
import { MatterPlanner } from './batches/matter-planner';
import { RetryOperations } from './batches/retry-operations';
import { SyncMatters } from './batches/sync-matters';
import { EntityNames } from './history/entity-names';
import { History } from './history/history';
import { FailureListeners } from './operations/failure-listeners';
import { OperationClaims } from './operations/operation-claims';
import { OperationCloser } from './operations/operation-closer';
import { OperationHandlers } from './operations/operation-handler';
import { OperationParts, OperationRunner } from './operations/operation-runner';
import { Operations } from './operations/operations';
import { Overview } from './overview/overview';
import { ResumeOnConnect } from './operations/resume-on-connect';
import { ConnectionStatus } from './status/status';
import { OperationsApart } from './operations/operations-apart';

const SERVICES = [
  OperationHandlers,
  FailureListeners,
  Operations,
  OperationClaims,
  OperationCloser,
  OperationParts,
  OperationRunner,
  ResumeOnConnect,
  ConnectionStatus,
  Overview,
  EntityNames,
  History,
  MatterPlanner,
  Batches,
  RetryOperations,
  SyncMatters,
  OperationsApart,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class SyncModule {}
