import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeDisk, type Disk } from '../src/fs/disk.js';

/** When a process dies: before the n-th step that changes a file (from 1), or having done half of it. */
export interface Death {
  readonly point: number;
  readonly mode: 'before' | 'middle';
}

/** A disk whose process dies at one step. */
export interface FailingDisk extends Disk {
  /** Steps that have changed files so far, by name: `append`, `rename`, … */
  readonly steps: readonly string[];
}

/** Steps that can end in the middle; the others happen or not. */
export const divisibleSteps: ReadonlySet<string> = new Set(['write', 'append', 'makeFolder', 'remove']);

/**
 * A disk that counts its steps. At `death` it calls `die`; when that returns, nothing is written any more, as if the process had gone.
 *
 * @param die kills the process, or does nothing
 */
export function failingDisk(death?: Death, die: () => void = () => undefined): FailingDisk {
  const steps: string[] = [];
  const isDead = (): boolean => death !== undefined && steps.length >= death.point;
  const step = async <T>(name: string, whole: () => Promise<T>, half: () => Promise<unknown>): Promise<T> => {
    if (isDead()) throw new Error('The process is dead');
    steps.push(name);
    if (!isDead()) return whole();
    if (death?.mode === 'middle') await half();
    die();
    throw new Error(`The process is dead since step ${steps.length}: ${name}`);
  };
  return {
    steps,
    write: (path, content) =>
      step(
        'write',
        () => nodeDisk.write(path, content),
        () => nodeDisk.write(path, half(content)),
      ),
    append: (path, lines) =>
      step(
        'append',
        () => nodeDisk.append(path, lines),
        () => nodeDisk.append(path, half(lines)),
      ),
    rename: (from, to) => step('rename', () => nodeDisk.rename(from, to), nothing),
    link: (from, to) => step('link', () => nodeDisk.link(from, to), nothing),
    remove: (path) =>
      step(
        'remove',
        () => nodeDisk.remove(path),
        () => removeOneIn(path),
      ),
    makeFolder: (path) =>
      step(
        'makeFolder',
        () => nodeDisk.makeFolder(path),
        () => nodeDisk.makeFolder(dirname(path)),
      ),
    touch: (path) => (isDead() ? Promise.reject(new Error('The process is dead')) : nodeDisk.touch(path)),
    sync: (path) => (isDead() ? Promise.reject(new Error('The process is dead')) : nodeDisk.sync(path)),
  };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function half<T extends string | Uint8Array>(content: T): T {
  return content.slice(0, Math.ceil(content.length / 2)) as T;
}

/** What a removal of a folder has done when it is interrupted. */
async function removeOneIn(path: string): Promise<void> {
  try {
    const [first] = readdirSync(path);
    if (first !== undefined) await nodeDisk.remove(join(path, first));
  } catch {
    return; // a file goes at once
  }
}
