import { existsSync, lstatSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { nodeDisk, type Disk } from '../src/fs/disk.js';
import { isTemporary } from '../src/fs/store-files.js';

/** A disk that knows what a power cut would take. */
export interface PowerDisk extends Disk {
  /** Files and folders whose last change was not synced. */
  readonly unsynced: ReadonlySet<string>;
  /** Files that got their name before their content was synced: a power cut could leave them empty. */
  readonly hasty: readonly string[];
}

/** The disk of this machine, watched. Locks and temporary names are left out: after a power cut nobody asks for any. */
export function powerDisk(): PowerDisk {
  const unsynced = new Set<string>();
  const hasty: string[] = [];
  const noteEntry = (path: string): void => {
    if (!isPassing(path)) unsynced.add(dirname(path));
  };
  const noteContent = (path: string): void => {
    if (!existsSync(path)) noteEntry(path);
    if (!isLock(path)) unsynced.add(path);
  };
  const forget = (path: string): void => {
    for (const each of unsynced) if (each === path || each.startsWith(path + sep)) unsynced.delete(each);
  };
  return {
    ...nodeDisk,
    unsynced,
    hasty,
    async write(path, content) {
      noteContent(path);
      await nodeDisk.write(path, content);
    },
    async append(path, lines) {
      noteContent(path);
      await nodeDisk.append(path, lines);
    },
    async rename(from, to) {
      if (unsynced.has(from) && !lstatSync(from).isDirectory()) hasty.push(to);
      await nodeDisk.rename(from, to);
      const moved = [...unsynced].filter((path) => path === from || path.startsWith(from + sep));
      forget(from);
      for (const path of moved) unsynced.add(to + path.slice(from.length));
      for (const path of [from, to]) noteEntry(path);
    },
    async remove(path) {
      if (existsSync(path)) noteEntry(path);
      forget(path);
      await nodeDisk.remove(path);
    },
    async makeFolder(path) {
      const made = await nodeDisk.makeFolder(path);
      made.forEach(noteEntry);
      return made;
    },
    async sync(path) {
      await nodeDisk.sync(path);
      unsynced.delete(path);
    },
  };
}

function isPassing(path: string): boolean {
  return isLock(path) || isTemporary(basename(path));
}

function isLock(path: string): boolean {
  return basename(path).startsWith('.lock-');
}
