export * from './contact-facts';
export * from './decide-match';
export * from './judge-contact';
