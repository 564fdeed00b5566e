import { describe, expect, it } from 'vitest';
import { describeStore } from './describe-store.js';
import { faultyClient } from './faulty-client.js';
import { filledStores } from './filled-stores.js';
import { exportStore } from '../src/transfer/export-store.js';

/** How thoroughly to interrupt. */
export interface InterruptionOptions {
  /** Interrupts after every n-th call. */
  readonly every: number;
}

/** Interrupts exports, starts them again, and looks at what the new store has. */
export function exportFaultSuite({ every }: InterruptionOptions): void {
  describe('an export', () => {
    const stores = filledStores();

    it('comes to the same when it is interrupted at any call, and started again', async () => {
      const { from, openStore, removeStore } = stores();
      const wanted = await describeStore(from);
      let calls = 0;
      await exportStore(
        from,
        faultyClient(openStore('counted'), () => (calls++, undefined)),
        { includeDeleted: true },
      );
      for (let n = 0; n < calls; n += every) {
        const to = openStore(String(n));
        // Failing before the next call would leave the same store.
        const faulty = faultyClient(to, (call) => (call === n ? 'after' : undefined));
        await expect(exportStore(from, faulty, { includeDeleted: true })).rejects.toThrow('the connection broke');
        expect((await exportStore(from, to, { includeDeleted: true })).problems).toEqual([]);
        expect(await describeStore(to), `after call ${n}`).toEqual(wanted);
        removeStore(String(n));
      }
    }, 300_000);
  });
}
