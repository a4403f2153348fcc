/** The direction of imports, with the reason for each rule. Run by `npm test`. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle hides which part knows which; it also makes the order of loading matter.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The procedure is read and tested without Teams, HTTP or a database: zod checks its types, luxon and date-holidays count its days, libphonenumber-js and ibantools know the numbers that a summary must not hold.',
      from: { path: '^src/domain/' },
      to: {
        pathNot:
          '^(src/domain/|node_modules/(zod|luxon|@types/luxon|date-holidays|libphonenumber-js|ibantools)/)',
      },
    },
    {
      name: 'app-knows-only-the-domain',
      severity: 'error',
      comment: 'Use cases work through ports, so that every store and every channel can serve them.',
      from: { path: '^src/app/' },
      to: { path: '^src/(store|files|bot|cards)/' },
    },
    {
      name: 'store-knows-no-bot',
      severity: 'error',
      comment: 'Only main.ts sees both the store and the bot; either can be replaced alone.',
      from: { path: '^src/store/' },
      to: { path: '^src/(bot|cards)/' },
    },
    {
      name: 'bot-knows-no-store',
      severity: 'error',
      comment: 'The bot asks the use cases; it never reads or writes the database itself.',
      from: { path: '^src/(bot|cards)/' },
      to: { path: '^src/store/' },
    },
    {
      name: 'files-know-only-the-app',
      severity: 'error',
      comment: 'Where files lie and who scans them is chosen in main.ts alone; either can be replaced.',
      from: { path: '^src/files/' },
      to: { path: '^src/(store|bot|cards)/' },
    },
    {
      name: 'cards-know-no-bot',
      severity: 'error',
      comment: 'A view is a pure function of a complaint and its viewer, shown in Teams or in a test alike.',
      from: { path: '^src/cards/' },
      to: { path: '^src/(bot|app)/' },
    },
    {
      name: 'botbuilder-in-one-folder',
      severity: 'error',
      comment:
        'botbuilder is no longer developed: its successor must be able to take its place in src/bot alone.',
      from: { path: '^src/', pathNot: '^src/bot/' },
      to: { path: 'node_modules/(botbuilder|botframework|restify)' },
    },
    {
      name: 'opentelemetry-in-one-folder',
      severity: 'error',
      comment:
        'It is loaded only where measurements go somewhere, and what is told passes the closed sets of one port.',
      from: { path: '^src/', pathNot: '^src/telemetry/' },
      to: { path: 'node_modules/(@opentelemetry|@azure/monitor-opentelemetry)' },
    },
    {
      name: 'product-without-demo',
      severity: 'error',
      comment: 'The bot does not know that it is not in Teams.',
      from: { path: '^src/' },
      to: { path: '^(demo|test)/' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      comment: 'Production installs without development packages.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
