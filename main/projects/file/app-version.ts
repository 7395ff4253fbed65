import manifest from '../../../package.json' with { type: 'json' };

/** The version of this Lacuna. */
export const appVersion: string = manifest.version;
