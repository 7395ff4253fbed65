import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { basename, dirname, join, parse } from 'node:path';
import type { RecentProject } from '../../projects/recent-projects.ts';

/** A folder to begin from in the file picker. */
export interface Place {
  kind: 'home' | 'desktop' | 'documents' | 'downloads' | 'projects' | 'recent' | 'drive';
  label: string;
  path: string;
}

const mostRecent = 5;

/** Folders of the person, folders that their projects lie in, and drives; each folder once, and only those that exist. */
export function places(recent: readonly RecentProject[], projectFolder: string): Place[] {
  const home = homedir();
  const candidates: Place[] = [
    { kind: 'home', label: 'Home', path: home },
    { kind: 'desktop', label: 'Desktop', path: join(home, 'Desktop') },
    { kind: 'documents', label: 'Documents', path: join(home, 'Documents') },
    { kind: 'downloads', label: 'Downloads', path: join(home, 'Downloads') },
    { kind: 'projects', label: 'Projects', path: projectFolder },
    ...recentFolders(recent),
    ...drives(),
  ];
  const seen = new Set<string>();
  return candidates.filter(({ path }) => {
    if (seen.has(path) || !isFolder(path)) return false;
    seen.add(path);
    return true;
  });
}

function recentFolders(recent: readonly RecentProject[]): Place[] {
  const folders = [...new Set(recent.map((project) => dirname(project.path)))];
  return folders.slice(0, mostRecent).map((path) => ({ kind: 'recent', label: basename(path) || path, path }));
}

function drives(): Place[] {
  if (process.platform === 'win32') {
    const letters = Array.from({ length: 26 }, (_, i) => `${String.fromCharCode(65 + i)}:\\`);
    return letters.filter((path) => existsSync(path)).map((path) => ({ kind: 'drive', label: path.slice(0, 2), path }));
  }
  const mounted =
    process.platform === 'darwin' ? ['/Volumes'] : [`/media/${userName()}`, `/run/media/${userName()}`, '/mnt'];
  const folders = mounted.flatMap((folder) => namesIn(folder).map((name) => join(folder, name)));
  return [
    ...folders.map((path): Place => ({ kind: 'drive', label: basename(path), path })),
    { kind: 'drive', label: 'This computer', path: parse(homedir()).root },
  ];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user number without a name, as in some containers.
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
