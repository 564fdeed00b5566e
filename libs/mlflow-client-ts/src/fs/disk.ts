import fs from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { keepWholeLines } from './whole-lines.js';

const fsync = promisify(fs.fsync);

/** The single steps in which files change. A process can die before, in or after each of them. */
export interface Disk {
  /** Makes a file, or overwrites it in place. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds whole lines in one write. An end that a crash has torn off is removed before. */
  append(path: string, lines: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name, unless that is taken. */
  link(from: string, to: string): Promise<void>;
  /** A file, or a folder with all in it. Absent is no error. */
  remove(path: string): Promise<void>;
  /** With the folders above it; those that it had to make, the topmost first. */
  makeFolder(path: string): Promise<string[]>;
  /** Sets the time of change. */
  touch(path: string): Promise<void>;
  /** Makes the content of a file, or the entries of a folder, survive a power cut. Absent is no error. */
  sync(path: string): Promise<void>;
}

const largeLength = 1_000_000; // written in a millisecond; more would keep other work waiting

const writeSmall = atOnce((path: string, content: string | Uint8Array) => {
  fs.writeFileSync(path, content);
});

/**
 * The disk of this machine. Its steps are synchronous, except for syncing, removing folders, and large files: a small file takes 0.07 ms so and 0.6 ms by the
 * asynchronous calls of Node, which pass it between threads four times (measured on ext4).
 */
export const nodeDisk: Disk = {
  write: (path, content) =>
    content.length > largeLength ? fs.promises.writeFile(path, content) : writeSmall(path, content),
  append: atOnce(appendLines),
  rename: atOnce((from: string, to: string) => {
    fs.renameSync(from, to);
  }),
  link: atOnce(link),
  remove,
  makeFolder: atOnce(makeFolder),
  touch: atOnce((path: string) => {
    const now = new Date();
    fs.utimesSync(path, now, now);
  }),
  sync: syncPath,
};

/** A synchronous step whose failure is a rejection. */
function atOnce<A extends unknown[], T>(step: (...args: A) => T): (...args: A) => Promise<T> {
  return (...args) =>
    new Promise((resolve) => {
      resolve(step(...args));
    });
}

const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function link(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if (!withoutLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL); // some shared folders have no links
  }
}

function appendLines(path: string, lines: string): void {
  const file = fs.openSync(path, 'a+');
  try {
    const sizeBytes = keepWholeLines(file);
    try {
      fs.writeFileSync(file, lines);
    } catch (error) {
      fs.ftruncateSync(file, sizeBytes); // a full disk: the call fails, so nothing of it shall stay
      throw error;
    }
  } finally {
    fs.closeSync(file);
  }
}

function makeFolder(path: string): string[] {
  const topmost = fs.mkdirSync(path, { recursive: true });
  const made: string[] = [];
  for (let folder = path; topmost !== undefined && folder.length >= topmost.length; folder = dirname(folder)) {
    made.unshift(folder);
  }
  return made;
}

// Windows cannot open folders, and needs no sync of them.
const unsyncable = new Set(['ENOENT', 'ENOTDIR', ...(process.platform === 'win32' ? ['EISDIR', 'EPERM'] : [])]);

const notFile = new Set(['EISDIR', 'EPERM', 'EACCES']);

async function remove(path: string): Promise<void> {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (notFile.has(code)) await fs.promises.rm(path, { recursive: true, force: true });
    else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

async function syncPath(path: string): Promise<void> {
  let file: number | undefined;
  try {
    file = fs.openSync(path, 'r');
    await fsync(file);
  } catch (error) {
    if (!unsyncable.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
