export * from './alerts/alerts.controller';
export * from './cause/cause-facts';
export * from './cause/trouble';
export * from './issue-sweep';
export * from './issues.controller';
export * from './issues.module';
