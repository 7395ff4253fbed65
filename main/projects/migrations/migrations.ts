import type { Migration } from './migration.ts';
import { projects } from './0001-projects.ts';
import { space } from './0002-space.ts';
import { modalities } from './0003-modalities.ts';
import { searches } from './0004-searches.ts';
import { annotations } from './0005-annotations.ts';

/** All steps in order. Step i leads to version i + 1. */
export const migrations: readonly Migration[] = [projects, space, modalities, searches, annotations];

/** The version of the files that this application writes. */
export const currentVersion = migrations.length;
