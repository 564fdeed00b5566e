import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failingDisk } from './failing-disk.js';
import { killSteps, otherMethods } from './kill-scenario.js';
import { deathsIn, KilledStore, openFolder } from './killed-store.js';

/** How thoroughly to kill. */
export interface KillSuiteOptions {
  /** Tries every n-th death of a change, beginning with another one in each change. */
  readonly every: number;
}

const changes = killSteps.map((step, index) => [step.method, index, step] as const);

/** Lets a process die in every method that writes, and looks at what is left. */
export function killSuite({ every }: KillSuiteOptions): void {
  describe('a process that dies', () => {
    let store: KilledStore;
    beforeAll(async () => {
      store = await KilledStore.prepare();
    });
    afterAll(() => {
      store.remove();
    });

    it.each(changes)(
      'in %s (%i) leaves all or nothing of what it had not acknowledged, and a store to go on with',
      async (_, index, step) => {
        const living = failingDisk();
        expect(await store.change(step, living)).toBe(true);
        const after = await store.description();
        for (const death of deathsIn(living).filter((__, at) => (at + index) % every === 0)) {
          const isAcknowledged = await store.change(step, failingDisk(death));
          expect(await store.faults(step, after, isAcknowledged)).toEqual([]);
          await store.changeAgain(step);
          if (step.adds !== true) expect(await store.faults(step, after, true)).toEqual([]);
        }
      },
      60_000,
    );

    it('is tried in every method that writes', () => {
      const known = new Set([...otherMethods, ...killSteps.map(({ method }) => method)]);
      expect(Object.keys(openFolder(store.root)).filter((method) => !known.has(method))).toEqual([]);
    });
  });
}
