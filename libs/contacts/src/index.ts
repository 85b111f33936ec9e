export * from './contacts.module';
export * from './parties';
export * from './phone-index';
export * from './phones';
export * from './reviews/reviews.controller';
export * from './smokeball/contact-arrival';
export * from './tags/tag-changes';
