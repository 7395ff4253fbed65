import packageJson from '../package.json' with { type: 'json' };

/** Version of Lacuna; written into every project, run and export. */
export const version: string = packageJson.version;
