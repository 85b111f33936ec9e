/**
 * The staircase of the house, as rules. A room imports only rooms below it:
 *
 *   0  contracts · smokeball-client    4  sync              8  documents · telephony (not each other)
 *   1  platform                        5  webhooks          9  apps: api, worker, cli
 *   2  audit                           6  contacts · issues
 *   3  auth                            7  matter-mapping    apart: admin-console, simulator
 */
const STAIRS = [
  ['contracts', 'smokeball-client'],
  ['platform'],
  ['audit'],
  ['auth'],
  ['sync'],
  ['webhooks'],
  ['contacts', 'issues'],
  ['matter-mapping'],
  ['documents', 'telephony'],
];

const library = (rooms) => `^libs/(${rooms.join('|')})/`;

/** A room of one step may import neither its neighbours on the step nor anything above. */
const downwardsOnly = STAIRS.flatMap((step, rank) =>
  step.map((room) => ({
    name: `${room}-imports-only-downwards`,
    comment: `libs/${room} stands on step ${rank}; upward calls go through a port that it owns.`,
    severity: 'error',
    from: { path: library([room]) },
    to: {
      path: ['^apps/', library([...step.filter((other) => other !== room), ...STAIRS.slice(rank + 1).flat(), 'none'])],
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downwardsOnly,
    {
      name: 'no-cycles',
      comment:
        'With a cycle there is no order in which to load things. (Two files that only name each other’s types are none.)',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-through-index',
      comment: 'A room shows what it offers in src/index.ts; the rest is its own.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/([^/]+)/', pathNot: '^apps/admin-console/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    {
      name: 'console-only-through-index',
      comment: 'As above.',
      severity: 'error',
      from: { path: '^apps/admin-console/' },
      to: { path: '^libs/', pathNot: '^libs/contracts/src/index\\.ts$' },
    },
    {
      name: 'apps-do-not-import-each-other',
      comment: 'In the embedded default the worker runs inside the API: that one may import it, through its module.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/worker/src/worker\\.module\\.ts$'] },
    },
    {
      name: 'simulator-imports-nothing-of-ours',
      comment: 'It plays the outside world: sharing code with Matterline would share its mistakes.',
      severity: 'error',
      from: { path: '^apps/simulator/' },
      to: { path: ['^libs/', '^migrations/', '^apps/(?!simulator/)'] },
    },
    {
      name: 'smokeball-client-knows-no-framework',
      comment: 'It is an SDK: no Nest, no TypeORM, nothing of ours.',
      severity: 'error',
      from: { path: '^libs/smokeball-client/' },
      to: { path: ['^libs/(?!smokeball-client/)', 'node_modules/(@nestjs|typeorm|pg|bull|ioredis|fastify)/'] },
    },
    {
      name: 'contracts-run-in-the-browser-too',
      comment: 'The console imports them.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^libs/(?!contracts/)', 'node_modules/(?!zod/)'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-use-nothing-of-node',
      comment: 'The console imports them.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'What is built must not need test code.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: ['spec\\.ts$', '/testing/', 'jest\\.setup\\.ts$'] },
      to: { path: ['spec\\.ts$', '/testing/', '^e2e/', '^bench/'] },
    },
    {
      name: 'everything-imported-exists',
      comment: 'A typing error, or a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'nothing-undeclared-at-run-time',
      comment: 'A package that only development brings is missing in the container image.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: ['spec\\.ts$', '/testing/', 'jest\\.setup\\.ts$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/simulator/public)/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'node', 'require', 'import', 'default'],
    },
  },
};
