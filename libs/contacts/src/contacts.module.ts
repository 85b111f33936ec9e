import { Global, Module } from '@nestjs/common';
import { EntityNames } from '@matterline/sync';
import { Parties } from './parties';
import { PhoneIndex } from './phone-index';
import { ContactArrival } from './smokeball/contact-arrival';
import { PushContactHandler } from './smokeball/push-contact.handler';
import { UpdateContactHandler } from './smokeball/update-contact.handler';
import { ContactEvents } from './smokeball/contact-events';

@Global()
@Module({
  providers: [Parties, PhoneIndex, ContactArrival, PushContactHandler, UpdateContactHandler, ContactEvents],
  exports: [Parties, PhoneIndex, ContactArrival],
})
export class ContactsModule {
  constructor(names: EntityNames, parties: Parties) {
    names.register('contact', (scope, ids) => parties.names(scope, ids));
  }
}
