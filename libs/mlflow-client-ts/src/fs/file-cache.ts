import { readFileSync, statSync, type Stats } from 'node:fs';
import { ifPresent } from './missing-file.js';

/** What was read from files, for as long as the files stay as they were. */
export interface FileCache {
  /** The parsed text of a file; `undefined` when it is not there. A file is always parsed in the same way. */
  read<T>(path: string, parse: (text: string) => T): T | undefined;
}

/** How much a cache keeps. */
export interface FileCacheOptions {
  /** Counted in characters of text, with what an entry takes beside. @default 64 million */
  readonly maxSize?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

interface Entry {
  readonly mtimeMs: number;
  readonly sizeBytes: number;
  readonly ino: number;
  readonly value: unknown;
}

const entrySize = 300; // characters that path, numbers and value take, roughly
const settledMs = 2500; // beyond the coarsest clock of file systems, 2 s

/**
 * Keeps what files contained. A file counts as unchanged while time of change, size and number stay the same; one that changed within the last
 * seconds is read again, because its next change may leave all three as they are. What was not asked for lately is forgotten.
 */
export function createFileCache({ maxSize = 64_000_000, now = Date.now }: FileCacheOptions = {}): FileCache {
  const entries = createRecentMap(maxSize);
  return {
    read<T>(path: string, parse: (text: string) => T): T | undefined {
      const stats = statOf(path);
      if (stats === undefined) return undefined;
      const known = entries.get(path);
      if (known !== undefined && isUnchanged(known, stats)) return known.value as T;
      const text = ifPresent(() => readFileSync(path, 'utf8'));
      if (text === undefined) return undefined;
      const value = parse(text);
      const { mtimeMs, size: sizeBytes, ino } = stats;
      const isSettled = now() - mtimeMs > settledMs;
      if (isSettled) entries.set(path, { mtimeMs, sizeBytes, ino, value }, text.length + path.length + entrySize);
      return value;
    },
  };
}

function isUnchanged({ mtimeMs, sizeBytes, ino }: Entry, stats: Stats): boolean {
  return mtimeMs === stats.mtimeMs && sizeBytes === stats.size && ino === stats.ino;
}

/** A path that is too long, or that of a folder, is that of no file. */
function statOf(path: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true ? stats : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

interface RecentMap {
  get(path: string): Entry | undefined;
  set(path: string, entry: Entry, size: number): void;
}

/** Keeps in two halves: when the recent one is full, it becomes the older one, and what that still held is forgotten. */
function createRecentMap(maxSize: number): RecentMap {
  let recent = new Map<string, { readonly entry: Entry; readonly size: number }>();
  let older = recent;
  let recentSize = 0;
  const set = (path: string, entry: Entry, size: number): void => {
    if (recentSize + size > maxSize / 2) {
      older = recent;
      recent = new Map();
      recentSize = 0;
    }
    if (!recent.has(path)) recentSize += size;
    recent.set(path, { entry, size });
  };
  return {
    get(path) {
      const known = recent.get(path);
      if (known !== undefined) return known.entry;
      const old = older.get(path);
      if (old !== undefined) set(path, old.entry, old.size);
      return old?.entry;
    },
    set,
  };
}
