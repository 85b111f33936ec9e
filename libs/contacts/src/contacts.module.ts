import { Global, Module } from '@nestjs/common';
import { EntityNames } from '@matterline/sync';
import { IndexFillRows } from './index-fill/fill-rows';
import { FillParts, IndexFill } from './index-fill/index-fill';
import { Parties } from './parties';
import { PhoneIndex } from './phone-index';
import { ContactReviews } from './reviews/contact-reviews';
import { DecideReview } from './reviews/decide-review';
import { ReviewList } from './reviews/review-list';
import { ContactArrival } from './smokeball/contact-arrival';
import { ContactEvents } from './smokeball/contact-events';
import { ContactLookup } from './smokeball/contact-lookup';
import { ContactSightings } from './smokeball/contact-sightings';
import { ContactPlans } from './smokeball/contact-plans';
import { MatchContact } from './smokeball/match-contact';
import { PushContactHandler } from './smokeball/push-contact.handler';
import { PushSubjects } from './smokeball/push-subject';
import { TagContactHandler } from './smokeball/tag-contact.handler';
import { UpdateContactHandler } from './smokeball/update-contact.handler';
import { OurContactTags } from './tags/our-tags';
import { ContactLinksApart } from './contact-links-apart';

const SERVICES = [
  Parties,
  PhoneIndex,
  IndexFillRows,
  FillParts,
  IndexFill,
  OurContactTags,
  ContactReviews,
  ReviewList,
  DecideReview,
  ContactPlans,
  ContactArrival,
  ContactLookup,
  MatchContact,
  PushSubjects,
  PushContactHandler,
  UpdateContactHandler,
  TagContactHandler,
  ContactSightings,
  ContactEvents,
  ContactLinksApart,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class ContactsModule {
  constructor(names: EntityNames, parties: Parties) {
    names.register('contact', (scope, ids) => parties.names(scope, ids));
  }
}
