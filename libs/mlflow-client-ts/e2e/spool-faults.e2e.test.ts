import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMlflow } from '../src/index.js';
import { describeStore } from '../testing/describe-store.js';
import { faultyClient, type Fault } from '../testing/faulty-client.js';
import { drainAll, logEverything, type LogEverythingOptions } from '../testing/log-everything.js';
import { describeWithMlflow, startRealServer } from './real-server.js';

const once = { repeatsPoints: false }; // a SQL store keeps one of equal points

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mlflow-spool-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Two calls of five fail, half of them after their effect: the same ones each time. */
function faults(): () => Fault {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    const share = state / 2147483647;
    if (share < 0.2) return 'before';
    return share < 0.4 ? 'after' : undefined;
  };
}

async function logThroughFaults(url: string, options: LogEverythingOptions): Promise<unknown> {
  const spool = { folder: join(folder, 'spool'), patienceMs: 0, firstRetryMs: 1, longestRetryMs: 1, ...options };
  const client = openMlflow({ trackingUri: url, env: {} });
  const logs = await logEverything(faultyClient(client, faults()), spool);
  await drainAll(logs);
  for (const log of logs) await log.close();
  expect(await readdir(join(folder, 'spool'))).toEqual([]);
  return describeStore(client);
}

async function logToFolder(options: LogEverythingOptions): Promise<unknown> {
  const client = openMlflow({ trackingUri: `file:${folder}/wanted` });
  const logs = await logEverything(client, { folder: join(folder, 'spool'), ...options });
  await drainAll(logs);
  for (const log of logs) await log.close();
  return describeStore(client);
}

describeWithMlflow('a run of which two calls of five fail', () => {
  it('comes to the same as one without faults, over SQLite', async () => {
    const server = await startRealServer();
    try {
      expect(await logThroughFaults(server.url, once)).toEqual(await logToFolder(once));
    } finally {
      await server.stop();
    }
  });

  it('comes to the same as one without faults, over a file store, which keeps repeated points', async () => {
    const fileStore = join(folder, 'mlruns');
    const server = await startRealServer({ fileStore });
    try {
      expect(await logThroughFaults(server.url, {})).toEqual(await logToFolder({}));
    } finally {
      await server.stop();
    }
  });
});

describeWithMlflow(
  'a run of which two calls of five fail, on MLflow 2.9',
  () => {
    it('has its model among its artifacts, registered once', async () => {
      const server = await startRealServer({ major: 2 });
      try {
        const options = { ...once, layout: 'runArtifacts' } as const;
        expect(await logThroughFaults(server.url, options)).toEqual(await logToFolder(options));
      } finally {
        await server.stop();
      }
    });
  },
  2,
);
