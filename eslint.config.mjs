import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Buffer',
  'URL',
  'URLSearchParams',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
];
const TESTS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.long-spec.ts'];

/** For every TypeScript file. */
const houseRules = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': 'off',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
  ],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
};

const noFocusedTests = [
  {
    selector: 'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|todo)$/]',
    message: 'Every test runs, always.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]',
    message: 'Every test runs, always.',
  },
];

const dataSourceInPlatformOnly = [
  'error',
  {
    paths: [
      { name: 'typeorm', importNames: ['DataSource'], message: 'Queries go through forFirm of @matterline/platform.' },
      {
        name: '@nestjs/typeorm',
        importNames: ['InjectDataSource', 'InjectEntityManager', 'InjectRepository'],
        message: 'Queries go through forFirm of @matterline/platform.',
      },
    ],
  },
];

export default tseslint.config(
  {
    ignores: ['dist/**', 'node_modules/**', '.angular/**', '.data/**', 'coverage/**', '**/*.generated.ts', '**/*.d.ts'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    name: 'server',
    files: ['apps/{api,worker,cli,simulator}/**/*.ts', '{libs,migrations,config,e2e,bench,scripts}/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...houseRules,
      // Nest's modules are classes with nothing in them, and fastify's handlers are async by contract.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  {
    name: 'only platform holds the DataSource',
    files: ['apps/{api,worker,cli}/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/platform/**'],
    rules: { 'no-restricted-imports': dataSourceInPlatformOnly },
  },
  {
    name: 'tests and programs of the terminal',
    files: [...TESTS, 'e2e/**/*.ts', 'bench/**/*.ts', 'apps/cli/**/*.ts', '**/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'tests',
    files: TESTS,
    rules: {
      'no-restricted-syntax': ['error', ...noFocusedTests],
      // Jest's asymmetric matchers and parsed answers are `any`; a wrong one turns the test red at once.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'journeys, which read JSON over HTTP all the time',
    files: ['**/*.e2e-spec.ts', '**/*.long-spec.ts'],
    rules: { '@typescript-eslint/no-unsafe-return': 'off', '@typescript-eslint/no-unsafe-call': 'off' },
  },
  {
    name: 'console',
    files: ['apps/admin-console/**/*.ts'],
    extends: [...tseslint.configs.recommended, ...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      ...houseRules,
      'no-console': 'error',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'ml', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'ml', style: 'camelCase' }],
    },
  },
  {
    name: 'tests of the console',
    files: ['apps/admin-console/**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noFocusedTests] },
  },
  {
    name: 'templates',
    files: ['apps/admin-console/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  {
    name: 'scripts',
    files: ['**/*.{mjs,cjs,js}'],
    extends: [tseslint.configs.base],
    languageOptions: {
      ecmaVersion: 2024,
      globals: Object.fromEntries(
        [...NODE_GLOBALS, 'module', 'require', '__dirname'].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'max-lines': houseRules['max-lines'],
      eqeqeq: houseRules.eqeqeq,
      'no-undef': 'error',
      '@typescript-eslint/no-unused-vars': houseRules['@typescript-eslint/no-unused-vars'],
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    name: 'pages of the simulator run in a browser',
    files: ['apps/simulator/public/**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'CSS',
          'DOMParser',
          'EventSource',
          'FormData',
          'Headers',
          'Notification',
          'Request',
          'crypto',
          'customElements',
          'document',
          'history',
          'localStorage',
          'location',
          'navigator',
          'sessionStorage',
          'window',
          'HTMLElement',
          'HTMLInputElement',
          'Event',
          'CustomEvent',
          'File',
          'FileReader',
          'Blob',
          'Intl',
          'confirm',
          'requestAnimationFrame',
          'structuredClone',
          'TextEncoder',
          'TextDecoder',
          'atob',
          'btoa',
          'AbortController',
          'URL',
          'queueMicrotask',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
