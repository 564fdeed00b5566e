import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeStore } from './describe-store.js';
import { faultyClient, type Fault, type FaultPlan } from './faulty-client.js';
import { drainAll, logEverything } from './log-everything.js';
import type { MlflowClient } from '../src/api/mlflow-client.js';
import { openMlflow } from '../src/open-mlflow.js';
import type { RunLogOptions } from '../src/spool/open-run-log.js';
import type { RunLog } from '../src/spool/run-log.js';
import { spoolPaths } from '../src/spool/spool-folder.js';
import { syncSpool } from '../src/spool/sync-spool.js';

let root: string;
const spool = (): string => join(root, 'spool');
const quick = (): RunLogOptions => ({ folder: spool(), patienceMs: 50, firstRetryMs: 1, longestRetryMs: 1 });

function openStore(name: string): MlflowClient {
  return openMlflow({ trackingUri: `file:${join(root, name)}`, fsync: false });
}

/** A call without an effect fails the same way before and after it. */
function isRead(method: string): boolean {
  return /^(get|search|list|find|page|capabilities)/.test(method);
}

async function logWith(store: MlflowClient, plan: FaultPlan): Promise<unknown> {
  const logs = await logEverything(faultyClient(store, plan), quick());
  await drainAll(logs);
  for (const log of logs) await log.close();
  return describeStore(store);
}

/** As if the process had been killed: nobody goes on with what is in the spool. */
async function abandon(logs: readonly RunLog[]): Promise<void> {
  for (const log of logs) await Promise.race([log.close(), Promise.resolve()]);
  for (const name of readdirSync(spool())) rmSync(spoolPaths(spool(), name).lock, { force: true });
}

/** How thoroughly to fail. */
export interface FaultSuiteOptions {
  /** Fails every n-th call. */
  readonly every: number;
}

/** Lets calls of a replay fail, and its process end, and looks at what comes to the store. */
export function replayFaultSuite({ every }: FaultSuiteOptions): void {
  describe('a journal', () => {
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'mlflow-faults-'));
    });
    afterEach(() => {
      rmSync(root, { recursive: true });
    });

    it('comes to the same whichever call fails, before its effect or after it', async () => {
      const methods: string[] = [];
      const wanted = await logWith(openStore('wanted'), (_, method) => (methods.push(method), undefined));
      expect(readdirSync(spool())).toEqual([]);
      for (const fault of ['before', 'after'] as const) {
        for (const [n, method] of methods.entries()) {
          if (n % every !== 0) continue;
          if (fault === 'after' && isRead(method)) continue;
          const plan: FaultPlan = (call): Fault => (call === n ? fault : undefined);
          expect(await logWith(openStore(`${fault}-${n}`), plan), `${fault} call ${n}`).toEqual(wanted);
        }
      }
    }, 300_000);

    it('comes to the same when the process ends between the effect of any call and the note of it', async () => {
      let calls = 0;
      const wanted = await logWith(openStore('wanted'), () => (calls++, undefined));
      for (let n = 0; n < calls; n += every) {
        const store = openStore(`killed-${n}`);
        const logs = await logEverything(
          faultyClient(store, (call) => (call >= n ? 'hang' : undefined)),
          quick(),
        );
        await abandon(logs);
        const report = await syncSpool(store, { folder: spool() });
        expect(report, `killed after call ${n}`).toMatchObject({ rejected: 0, remaining: 0 });
        expect(await describeStore(store), `killed after call ${n}`).toEqual(wanted);
        expect(readdirSync(spool())).toEqual([]);
      }
    }, 300_000);
  });
}
