import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { VisiumBin, VisiumSection } from './visium-section.ts';

/** Names of the table of positions: Space Ranger HD, 2.0 and later, 1.x. */
const positionsNames = ['tissue_positions.parquet', 'tissue_positions.csv', 'tissue_positions_list.csv'];
/** Folders looked into before giving up: enough for a rack of samples, few enough for a home folder. */
const mostFolders = 400;
/** How deep below the chosen folder a section may lie, `outs` not counted. */
const deepest = 3;

/**
 * The tissue sections at a folder: the folder may be the `spatial` folder, `outs`, the sample's, one of an HD run's
 * (`binned_outputs`, `square_008um`), or one that holds the folders of several samples.
 *
 * @returns in order of their names; empty when there is none
 */
export async function findSections(path: string): Promise<VisiumSection[]> {
  const start = resolve(path);
  if (!(await stat(start)).isDirectory()) return [];
  const direct = await sectionAt(start);
  if (direct) return [{ ...direct, label: '' }];
  const found: VisiumSection[] = [];
  let level = [''];
  let looked = 0;
  for (let depth = 1; depth <= deepest && level.length > 0 && looked < mostFolders; depth++) {
    const next: string[] = [];
    for (const parent of level) {
      for (const name of await foldersIn(join(start, parent))) {
        if (looked++ >= mostFolders) break;
        const label = parent === '' ? name : `${parent}/${name}`;
        const section = await sectionAt(join(start, label));
        if (section) found.push({ ...section, label });
        else next.push(label);
      }
    }
    level = next;
  }
  return found.sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}

/** The section of exactly this folder. */
async function sectionAt(folder: string): Promise<Omit<VisiumSection, 'label'> | null> {
  const names = new Set(await readdir(folder).catch((): string[] => []));
  if (names.has('binned_outputs')) {
    const bins = await binsIn(join(folder, 'binned_outputs'));
    if (bins.length > 0) return { path: folder, bins };
  }
  const own = await binsIn(folder);
  if (own.length > 0) return { path: folder, bins: own };
  const positions = positionsNames.find((name) => names.has(name));
  if (positions !== undefined) {
    const root = dirname(folder);
    return { path: root, bins: [bin(root, folder, positions)] };
  }
  if (names.has('spatial')) {
    const one = await binAt(folder);
    if (one) return { path: folder, bins: [one] };
  }
  return names.has('outs') ? await sectionAt(join(folder, 'outs')) : null;
}

/** The bin sizes in a folder of `square_002um`, `square_008um` …, the finest first. */
async function binsIn(folder: string): Promise<VisiumBin[]> {
  const names = (await foldersIn(folder)).filter((name) => squareSide(name) !== null);
  const bins = await Promise.all(names.map((name) => binAt(join(folder, name))));
  return bins.filter((one): one is VisiumBin => one !== null).sort((a, b) => a.micrometres! - b.micrometres!);
}

/** A folder with matrices and `spatial` in it. */
async function binAt(root: string): Promise<VisiumBin | null> {
  const spatial = join(root, 'spatial');
  const names = await readdir(spatial).catch((): string[] => []);
  const positions = positionsNames.find((name) => names.includes(name));
  return positions === undefined ? null : bin(root, spatial, positions);
}

function bin(root: string, spatial: string, positions: string): VisiumBin {
  return { micrometres: squareSide(basename(root)), root, spatial, positions: join(spatial, positions) };
}

/** 'square_008um' → 8 */
function squareSide(name: string): number | null {
  const match = /^square_(\d+)um$/.exec(name);
  return match ? Number(match[1]) : null;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .sort();
}
