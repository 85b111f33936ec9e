import { Global, Module } from '@nestjs/common';
import { EntityNames } from '@matterline/sync';
import { CaseHugMatterEvents } from './casehug/casehug-matter-events';
import { CompleteMatter } from './casehug/complete-matter';
import { KnownMatters } from './known-matters';
import { MatterStore } from './matters/matter-store';
import { MatterReads } from './matters/matters.controller';
import { MatterView } from './matters/matter-view';
import { PlanMatter } from './matters/plan-matter';
import { PutMatter, PutParts } from './matters/put-matter';
import { ArrivalParts, MatterArrival } from './smokeball/matter-arrival';
import { MatterCaches, MatterEvents } from './smokeball/matter-events';
import { PartyContacts } from './smokeball/party-contacts';
import { PushMatterHandler, PushMatterParts } from './smokeball/push-matter.handler';
import { StaffDirectory } from './smokeball/staff-directory';
import { UpdateMatterHandler } from './smokeball/update-matter.handler';
import { MatterTypeCatalogue } from './types/catalogue';
import { ResolveType } from './types/resolve-type';

const SERVICES = [
  MatterStore,
  MatterView,
  MatterReads,
  PlanMatter,
  PutMatter,
  PutParts,
  KnownMatters,
  MatterTypeCatalogue,
  ResolveType,
  StaffDirectory,
  PartyContacts,
  ArrivalParts,
  MatterArrival,
  PushMatterParts,
  PushMatterHandler,
  UpdateMatterHandler,
  MatterCaches,
  MatterEvents,
  CompleteMatter,
  CaseHugMatterEvents,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class MatterMappingModule {
  constructor(names: EntityNames, store: MatterStore) {
    names.register('matter', (scope, ids) => store.titles(scope, ids));
  }
}
