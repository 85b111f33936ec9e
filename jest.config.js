const { createCjsPreset } = require('jest-preset-angular/presets');
const swcrc = JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`, 'utf8'));

/** What every project that runs on Node shares: swc, and the rooms by their names. */
const node = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleNameMapper: { '^@matterline/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...node,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{libs,config,migrations,scripts}/**/*.spec.ts',
        '<rootDir>/apps/{api,worker,cli}/**/*.spec.ts',
      ],
    },
    // Over HTTP, mostly to a simulator in a process of its own: too slow to run at every check.
    { ...node, displayName: 'simulator', testMatch: ['<rootDir>/apps/simulator/**/*.spec.ts'] },
    {
      ...node,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,migrations,scripts}/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/config/testing/postgres.setup.mjs',
      globalTeardown: '<rootDir>/config/testing/postgres.teardown.mjs',
    },
    { ...node, displayName: 'journeys', testMatch: ['<rootDir>/e2e/**/*.e2e-spec.ts'] },
    { ...node, displayName: 'long', testMatch: ['<rootDir>/e2e/**/*.long-spec.ts'] },
    {
      ...createCjsPreset({ tsconfig: '<rootDir>/apps/admin-console/tsconfig.jest.json' }),
      displayName: 'console',
      rootDir: __dirname,
      testMatch: ['<rootDir>/apps/admin-console/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/apps/admin-console/jest.setup.ts'],
      moduleNameMapper: node.moduleNameMapper,
      modulePathIgnorePatterns: node.modulePathIgnorePatterns,
    },
  ],
};
