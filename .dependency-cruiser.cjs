/** The borders between the parts of Lacuna; see build/docs. Everything here is an error. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle makes the order of loading matter.',
      severity: 'error',
      from: {},
      // Types vanish before anything runs; a cycle of types alone is harmless.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'main-runs-without-a-window',
      comment: 'The core is plain Node: tests, the terminal program and the browser host run it without Electron.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(electron|renderer)/|(^|node_modules/)electron(/|$)' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      comment: 'The window reaches the core through its procedures.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|electron)/', pathNot: '^main/contract/' },
    },
    {
      name: 'only-the-shell-imports-electron',
      comment: 'Packaging reads which version of Electron it packs.',
      severity: 'error',
      from: { pathNot: '^(electron|e2e)/|^build/electron-builder' },
      to: { path: '(^|node_modules/)electron(/|$)' },
    },
    {
      name: 'the-contract-runs-in-a-window',
      comment: 'It is bundled into the window: schemas of the core may come along, Node and native packages may not.',
      severity: 'error',
      from: { path: '^main/contract/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(node:|(fs|path|os|url|crypto|module|child_process|worker_threads|stream|zlib)(/|$))|node_modules/(better-sqlite3|@tensorflow|h5wasm|scran\\.js)/',
        reachable: true,
      },
    },
    {
      name: 'methods-know-no-jobs',
      comment: 'A method trains on what it is given; who started it and where it is stored is not its business.',
      severity: 'error',
      from: { path: '^main/methods/', pathNot: '\\.test\\.ts$' },
      to: { path: '^main/(jobs|projects|http|cli|contract|core)/' },
    },
    {
      name: 'the-engine-knows-no-biology',
      severity: 'error',
      from: { path: '^main/engine/', pathNot: '\\.test\\.ts$' },
      to: { path: '^main/(?!engine/|errors/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'projects-know-no-jobs',
      severity: 'error',
      from: { path: '^main/projects/', pathNot: '\\.test\\.ts$' },
      to: { path: '^main/(jobs|http|cli|core)/' },
    },
    {
      name: 'programs-do-not-import-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/(fixtures|testing)/' },
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'no-test-tools-in-programs',
      comment: 'What the application needs at run time is a dependency, not a devDependency.',
      severity: 'error',
      from: { path: '^main/', pathNot: '\\.test\\.ts$|/(fixtures|testing)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-that-does-not-resolve',
      severity: 'error',
      from: {},
      // The icons' types lie where only the compiler of components looks for them.
      to: { couldNotResolve: true, pathNot: '^@lucide/svelte/icons/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
    },
  },
};
