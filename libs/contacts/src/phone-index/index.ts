export * from './contact-display';
export * from './phone-index';
