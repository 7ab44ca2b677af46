// The walls of the house (ARCHITECTURE.md). scripts/walls.ts runs them, and proves first that they hold.

/** In order: a feature may import only the faces of earlier ones; the other direction is an outbox event. */
const features = [
  'tenancy',
  'staff',
  'journal',
  'guests',
  'loyalty',
  'wallet',
  'cards',
  'messaging',
  'growth',
  'campaigns',
  'till',
  'probonus',
  'farcards',
  'bot',
  'reports',
  'imports',
  'privacy',
  'demo',
];

/** A vendor's library and the one adapter that may know it. */
const vendors = [
  ['grammy', 'telegram'],
  ['nodemailer', 'smtp'],
  ['web-push', 'web-push'],
];

const server = '^apps/server/src';
const feature = (name) => `${server}/features/${name}/`;
const tests = ['[.]test[.]tsx?$', '^apps/server/test/', '^packages/[^/]+/src/testing/', '^bench/'];
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const order = features.flatMap((name, place) => {
  const later = features.slice(place + 1);
  const others = features.filter((each) => each !== name);
  return [
    ...(later.length === 0
      ? []
      : [
          rule(
            `${name}-before-later-features`,
            'A feature knows only earlier ones; tell later ones through the outbox.',
            { path: feature(name) },
            { path: later.map(feature) },
          ),
        ]),
    rule(
      `${name}-through-faces`,
      'Another feature is entered through its index.ts.',
      { path: feature(name) },
      { path: others.map((other) => `${feature(other)}(?!index[.]ts$)`) },
    ),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-circles', 'Modules must not import each other in a circle.', {}, { circular: true }),
    rule('resolvable', 'What cannot be found cannot be checked.', {}, { couldNotResolve: true }),
    rule(
      'loyalty-alone',
      'The rules of loyalty are pure: no I/O, no clock, no dependencies.',
      { path: '^packages/loyalty/src/', pathNot: [...tests, '/test-[a-z-]+\\.ts$'] },
      { pathNot: '^packages/loyalty/' },
    ),
    rule(
      'pkpass-alone',
      'pkpass is published and knows nothing of the application.',
      { path: '^packages/pkpass/src/', pathNot: tests },
      { path: '^(apps|packages)/', pathNot: '^packages/pkpass/' },
    ),
    rule(
      'contract-alone',
      'The contract is shared by server and browsers: nothing of ours, nothing of Node.',
      { path: '^packages/contract/src/', pathNot: tests },
      { path: ['^apps/', '^packages/(?!contract/)', '^(node:)?(fs|net|http|https|http2|child_process|crypto)(/|$)'] },
    ),
    rule(
      'look-alone',
      'The look is shared by server and browsers.',
      { path: '^packages/look/src/', pathNot: tests },
      { path: '^(apps|packages)/', pathNot: '^packages/look/' },
    ),
    rule(
      'testkit-without-server',
      'The outside world does not know our server.',
      { path: '^packages/testkit/' },
      { path: '^apps/' },
    ),
    rule(
      'model-without-files-and-sockets',
      'model.ts decides; it reads and writes nothing.',
      { path: `${server}/.*(/model[.]ts$|[.]model[.]ts$|/model/)`, pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'model-pure',
      'model.ts decides; it reads and writes nothing.',
      { path: `${server}/.*(/model[.]ts$|[.]model[.]ts$|/model/)`, pathNot: tests },
      {
        path: [
          `${server}/(adapters|platform/(database|http|jobs|outbox|assets|embedded-postgres|data-folder))/`,
          '/(store|routes|tasks)([.]ts$|/)|[.](store|routes)[.]ts$',
          npm('pg', 'kysely', 'fastify', 'graphile-worker', 'pino', 'sharp', 'prom-client'),
        ],
      },
    ),
    rule(
      'sql-in-stores',
      'SQL lives in store.ts and in platform/database.',
      {
        path: '^(apps|packages)/',
        pathNot: [
          ...tests,
          '/store[.]ts$',
          '[.]store[.]ts$',
          '/store/',
          `${server}/platform/(database|jobs|embedded-postgres)/`,
        ],
      },
      { path: npm('pg', 'pg-[a-z]+', '@types/pg', 'kysely') },
    ),
    rule(
      'http-in-routes',
      'Fastify is known to routes and to platform/http.',
      {
        path: '^(apps|packages)/',
        pathNot: [...tests, '/routes[.]ts$', '[.]routes[.]ts$', '/routes/', `${server}/platform/http/`],
      },
      { path: npm('fastify', '@fastify/[^/]+') },
    ),
    ...vendors.map(([library, adapter]) =>
      rule(
        `${library}-in-its-adapter`,
        'A vendor’s library is known only to its adapter.',
        { path: '^(apps|packages)/', pathNot: [...tests, `${server}/adapters/${adapter}/`] },
        { path: npm(library, `@types/${library}`) },
      ),
    ),
    rule(
      'platform-below-features',
      'The platform serves every feature and knows none.',
      { path: `${server}/platform/`, pathNot: tests },
      { path: `${server}/(features/|compose[.]ts$|main[.]ts$)` },
    ),
    rule(
      'adapters-below-features',
      'An adapter knows its vendor; a feature’s face at most gives it types.',
      { path: `${server}/adapters/`, pathNot: tests },
      { path: [`${server}/features/[^/]+/(?!(index|model)[.]ts$)`, `${server}/(compose|main)[.]ts$`] },
    ),
    rule(
      'known-features',
      'A new feature needs a place in the order at the top of .dependency-cruiser.mjs.',
      { path: `${server}/features/`, pathNot: features.map(feature) },
      {},
    ),
    ...order,
    rule(
      'console-and-till-alone',
      'A browser app imports the contract and the look, nothing else of ours.',
      { path: '^apps/(console|till)/' },
      { path: '^(apps|packages)/', pathNot: ['^apps/$1/', '^packages/(contract|look)/'] },
    ),
    rule(
      'guest-alone',
      'The guest’s pages import the contract and the look, nothing else of ours; their tests may use the testkit.',
      { path: '^apps/guest/', pathNot: '^apps/guest/test/' },
      { path: '^(apps|packages)/', pathNot: ['^apps/guest/', '^packages/(contract|look)/'] },
    ),
    rule(
      'no-tests-in-production',
      'Production code does not import tests.',
      { path: '^(apps|packages)/', pathNot: tests },
      { path: tests },
    ),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)dist/' },
    // Imports of types are seen too, before the compiler takes them away.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.svg', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
