export * from './telephony-controllers';
export * from './telephony.module';
export * from './tenants/pbxes';
export * from './vodia/answer';
export * from './vodia/calls.controller';
export * from './vodia/pairings.controller';
export * from './vodia/public.controller';
export * from './vodia/tenant.controller';
