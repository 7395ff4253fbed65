/**
 * How the desktop application is packaged; started by `npm run package`, which stages the application first (see
 * build/docs/0009-desktop-shell-and-packages.md).
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const project = join(__dirname, '..');
const runtime = process.env.LACUNA_RUNTIME_DIR || join(project, '.runtime');
const tensorflow = join(runtime, 'tensorflow');
/** A folder with an unpacked Electron to use instead of a download. */
const electronDist = process.env.LACUNA_ELECTRON_DIST;

/** @type {import('electron-builder').Configuration} */
module.exports = {
  appId: 'org.lacuna.desktop',
  productName: 'Lacuna',
  copyright: 'MIT licence',
  electronVersion: require('electron/package.json').version,
  ...(electronDist && { electronDist }),
  directories: {
    app: process.env.LACUNA_PACKAGE_APP || 'dist/app',
    output: process.env.LACUNA_PACKAGE_DIR || 'release',
    buildResources: 'build/icons',
  },

  // What is staged is complete: nothing is installed, compiled or collected here.
  beforeBuild: () => false,
  // Folders of that name are left out unless they are named.
  files: ['**/*', { from: 'node_modules', to: 'node_modules' }],
  asar: true,
  // Programs of their own process or thread, native code and WebAssembly are loaded from real files.
  // package.json says to the worker beside the archive, too, that scripts are modules.
  asarUnpack: ['package.json', 'dist/electron/worker/**', 'node_modules/**'],
  extraResources: existsSync(tensorflow)
    ? [{ from: tensorflow, to: 'tensorflow', filter: ['**/*', '!**/include/**'] }]
    : [],

  // The program opens this application and nothing else; it cannot be used as a plain Node. The switches lie in
  // Electron's own binary, so a check that packages around a stand-in for it leaves them out.
  ...(process.env.LACUNA_PACKAGE_FUSES !== '0' && {
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
  }),
  electronLanguages: ['en-US'],

  fileAssociations: [
    {
      ext: 'lacuna',
      name: 'Lacuna project',
      description: 'Lacuna project',
      mimeType: 'application/x-lacuna',
      role: 'Editor',
    },
  ],

  win: { target: ['nsis'], icon: 'build/icons/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: ['dmg', 'zip'],
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.medical',
    hardenedRuntime: true,
    entitlements: 'build/icons/entitlements.mac.plist',
    entitlementsInherit: 'build/icons/entitlements.mac.plist',
  },
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'build/icons/linux',
    category: 'Science',
    executableName: 'lacuna',
    synopsis: 'Latent representations of single-cell and spatial transcriptomics data',
    maintainer: 'The Lacuna authors <lacuna@localhost>',
  },

  // There is no update service: the application never asks the network for anything.
  publish: null,
};
