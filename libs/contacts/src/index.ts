export * from './contacts.module';
export * from './parties';
export * from './phone-index';
export * from './phones';
export * from './smokeball/contact-arrival';
