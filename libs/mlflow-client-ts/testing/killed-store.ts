import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedClient } from '../src/checks/checked-client.js';
import { createFileStore, type FileStoreOptions } from '../src/file-store/file-store.js';
import { thisProcess, type LockOwner } from '../src/file-store/lock-owner.js';
import { isAlreadyExists, isNotFound, type MlflowClient } from '../src/index.js';
import { describeStore } from './describe-store.js';
import { divisibleSteps, failingDisk, type Death, type FailingDisk } from './failing-disk.js';
import { imageOf, restore, type FolderImage } from './folder-image.js';
import { prepareBase, type Base, type Step } from './kill-scenario.js';
import { named, strangeParts } from './store-parts.js';

/** A store in a folder, without fsync: that is for power cuts. */
export function openFolder(root: string, options: Partial<FileStoreOptions> = {}): MlflowClient {
  const store = createFileStore({ root, trackingUri: `file:${root}`, fsync: false, ...options });
  return checkedClient(() => store, Date.now);
}

/** Every point of a change at which a process can die. */
export function deathsIn({ steps }: FailingDisk): Death[] {
  return steps.flatMap((step, index): Death[] => {
    const point = index + 1;
    const before: Death = { point, mode: 'before' };
    return divisibleSteps.has(step) ? [before, { point, mode: 'middle' }] : [before];
  });
}

/** A prepared store of which every change gets a fresh copy. */
export class KilledStore {
  readonly #folder: string;
  readonly #image: FolderImage;
  readonly #before: unknown;
  readonly #dead: LockOwner;
  readonly base: Base;

  private constructor(folder: string, base: Base, before: unknown) {
    this.#folder = folder;
    this.#image = imageOf(join(folder, 'prepared'));
    this.#before = before;
    this.#dead = { ...thisProcess(), pid: spawnSync(process.execPath, ['-e', '']).pid };
    this.base = base;
  }

  static async prepare(): Promise<KilledStore> {
    const folder = mkdtempSync(join(tmpdir(), 'mlflow-kill-'));
    const client = openFolder(join(folder, 'prepared'));
    const base = await prepareBase(client);
    return new KilledStore(folder, base, named(await describeStore(client)));
  }

  /** Where the copy is. */
  get root(): string {
    return join(this.#folder, 'copy');
  }

  /** Makes the copy anew. */
  reset(): void {
    restore(this.root, this.#image);
  }

  /** Makes a change in a new copy, in what stands for a process that may die: whether it was acknowledged. */
  async change(step: Step, disk: FailingDisk = failingDisk()): Promise<boolean> {
    this.reset();
    const client = openFolder(this.root, { disk, lockSettings: { self: this.#dead } });
    try {
      await step.change(client, this.base);
      return true;
    } catch (error) {
      if (String(error).includes('The process is dead')) return false;
      throw error;
    }
  }

  /** The copy as a new process finds it. */
  async description(): Promise<unknown> {
    return named(await describeStore(openFolder(this.root)));
  }

  /** What is wrong with what a death has left; empty when nothing is. */
  async faults(step: Step, after: unknown, isAcknowledged: boolean): Promise<string[]> {
    const left = await this.description();
    if (isAcknowledged) return strangeParts(left, after, after);
    if (step.grain === 'parts') return strangeParts(left, this.#before, after);
    const [kept, made] = [strangeParts(left, this.#before, this.#before), strangeParts(left, after, after)];
    return kept.length === 0 || made.length === 0 ? [] : [...kept, ...made];
  }

  /** The same change by another process, which finds no lock that stops it, and may find the change made. */
  async changeAgain(step: Step): Promise<void> {
    const client = openFolder(this.root, { lockSettings: { waitMs: 0 } });
    await step.change(client, this.base).catch((error: unknown) => {
      if (!isAlreadyExists(error) && !isNotFound(error)) throw error;
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
