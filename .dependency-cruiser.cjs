/** The boundaries of docs/architecture.md, as rules. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-folder-circles',
      comment: 'A value moves forward only: no two folders may know each other, by whichever of their files.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-is-pure',
      comment: 'src/shared runs everywhere: no Node, no Electron, no DOM library, nothing of a host or the screen.',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { pathNot: ['^src/shared', 'node_modules/(zod|jstat|papaparse|@types/papaparse|hucre)/'] },
    },
    {
      name: 'electron-only-in-its-host',
      severity: 'error',
      from: { pathNot: ['^src/main/index\\.ts$', '^src/main/hosts/electron/', '^src/preload/'] },
      to: { path: '(^|/)electron($|/)', pathNot: '^src/main/hosts/electron/' },
    },
    {
      name: 'hosts-are-outermost',
      comment: 'The application knows no host.',
      severity: 'error',
      from: { path: '^src/main', pathNot: ['^src/main/hosts/', '^src/main/index\\.ts$'] },
      to: { path: '^src/main/hosts/' },
    },
    {
      name: 'renderer-knows-only-the-contract',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: ['^src/main', '^src/preload'] },
    },
    {
      name: 'panels-take-values',
      comment:
        'A panel, like the viewer, is given values and answers with events: what it shows comes from no store, by no detour.',
      severity: 'error',
      from: { path: '^src/renderer/(panels|viewer)/' },
      to: { path: '^src/renderer/(stores|composables|views)/', reachable: true },
    },
    {
      name: 'main-knows-no-screen',
      severity: 'error',
      from: { path: ['^src/main', '^src/preload'] },
      to: { path: '^src/renderer' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.web.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js'],
    },
  },
};
