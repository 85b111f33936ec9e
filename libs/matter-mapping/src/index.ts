export * from './known-matters';
export * from './matter-mapping.module';
export * from './matters/matter-store';
export * from './matters/matters.controller';
export * from './matters/plan-matter';
export * from './matters/put-matter';
export * from './smokeball/matter-arrival';
export * from './types/choose-type';
