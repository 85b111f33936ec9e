import { Global, Module } from '@nestjs/common';
import { Firms } from '@matterline/auth';
import { CauseFacts } from '@matterline/issues';
import { EntityNames } from '@matterline/sync';
import { CaseHugMatterEvents } from './casehug/casehug-matter-events';
import { CompleteMatter } from './casehug/complete-matter';
import { KnownMatters } from './known-matters';
import { ListMappings } from './mappings/list-mappings';
import { MappingReads } from './mappings/mapping-reads';
import { SaveMapping } from './mappings/save-mapping';
import { SearchTypes } from './mappings/search-types';
import { matterFacts } from './matters/matter-facts';
import { MatterStore } from './matters/matter-store';
import { MatterReads } from './matters/matters.controller';
import { MatterView } from './matters/matter-view';
import { PlanMatter } from './matters/plan-matter';
import { PutMatter, PutParts } from './matters/put-matter';
import { SentMatters } from './matters/sent-matters';
import { CompareMatter } from './smokeball/compare-matter';
import { ArrivalParts, MatterArrival } from './smokeball/matter-arrival';
import { MatterCaches } from './smokeball/matter-caches';
import { MatterEvents } from './smokeball/matter-events';
import { MatterSightings } from './smokeball/matter-sightings';
import { PartyContacts } from './smokeball/party-contacts';
import { PushMatterHandler, PushMatterParts } from './smokeball/push-matter.handler';
import { StaffDirectory } from './smokeball/staff-directory';
import { TagMatterHandler } from './smokeball/tag-matter.handler';
import { UpdateMatterHandler } from './smokeball/update-matter.handler';
import { UpdateRecords } from './smokeball/update-records';
import { MatterTypeCatalogue } from './types/catalogue';
import { CaseTypesSeen } from './types/case-types-seen';
import { OwnMappings } from './types/own-mappings';
import { ResolveType } from './types/resolve-type';
import { MatterLinksApart } from './matters/matter-links-apart';

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
  OwnMappings,
  CaseTypesSeen,
  MappingReads,
  ListMappings,
  SaveMapping,
  SearchTypes,
  SentMatters,
  CompareMatter,
  UpdateRecords,
  TagMatterHandler,
  StaffDirectory,
  PartyContacts,
  ArrivalParts,
  MatterArrival,
  PushMatterParts,
  PushMatterHandler,
  UpdateMatterHandler,
  MatterCaches,
  MatterSightings,
  MatterEvents,
  CompleteMatter,
  CaseHugMatterEvents,
  MatterLinksApart,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class MatterMappingModule {
  constructor(names: EntityNames, facts: CauseFacts, store: MatterStore, firms: Firms) {
    names.register('matter', (scope, ids) => store.titles(scope, ids));
    facts.register((scope, matterId) => matterFacts(store, firms, scope, matterId));
  }
}
