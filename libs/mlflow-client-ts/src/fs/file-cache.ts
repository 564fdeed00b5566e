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
  readonly version: string;
  readonly size: number;
  readonly value: unknown;
}

const entrySize = 300; // characters that path, version and value take, roughly
const settledMs = 2500; // beyond the coarsest clock of file systems, 2 s

/**
 * Keeps what files contained. A file counts as unchanged while time of change, size and number stay the same; one that changed within the last
 * seconds is read again, because its next change may leave all three as they are. The files that were not asked for the longest are forgotten.
 */
export function createFileCache({ maxSize = 64_000_000, now = Date.now }: FileCacheOptions = {}): FileCache {
  const entries = new Map<string, Entry>();
  let size = 0;
  const forget = (path: string): void => {
    size -= entries.get(path)?.size ?? 0;
    entries.delete(path);
  };
  const remember = (path: string, entry: Entry): void => {
    forget(path);
    entries.set(path, entry);
    size += entry.size;
    for (const oldest of entries.keys()) {
      if (size <= maxSize) return;
      forget(oldest);
    }
  };
  return {
    read<T>(path: string, parse: (text: string) => T): T | undefined {
      const stats = statOf(path);
      if (stats === undefined) {
        forget(path);
        return undefined;
      }
      const version = `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
      const known = entries.get(path);
      if (known?.version === version) {
        entries.delete(path);
        entries.set(path, known);
        return known.value as T;
      }
      const text = ifPresent(() => readFileSync(path, 'utf8'));
      if (text === undefined) return undefined;
      const value = parse(text);
      if (now() - stats.mtimeMs > settledMs)
        remember(path, { version, value, size: text.length + path.length + entrySize });
      else forget(path);
      return value;
    },
  };
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
