export * from './known-matters';
