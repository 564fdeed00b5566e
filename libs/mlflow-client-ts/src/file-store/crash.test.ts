import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../index.js';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const library = pathToFileURL(join(import.meta.dirname, '../index.ts')).href;

let folder: string;
let client: MlflowClient;
let runId: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-crash-'));
  client = openMlflow({ trackingUri: `file:${folder}` });
  const experimentId = await client.ensureExperiment('a');
  ({ runId } = await client.createRun({ experimentId, runName: 'before' }));
  await client.ensureRegisteredModel('m');
  await client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId, tags: { digest: 'a' } });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs code on the store in another process, which kills itself the moment it would rename a file or folder. */
async function crashAtRename(code: string): Promise<void> {
  const program = `
    import { syncBuiltinESMExports } from 'node:module';
    import fs from 'node:fs/promises';
    fs.rename = () => { process.kill(process.pid, 'SIGKILL'); };
    syncBuiltinESMExports();
    const { openMlflow } = await import(${JSON.stringify(library)});
    const client = openMlflow({ trackingUri: ${JSON.stringify(`file:${folder}`)} });
    ${code}
  `;
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', program], { stdio: 'inherit' });
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ exitCode, signal }).toEqual({ exitCode: null, signal: 'SIGKILL' });
}

function filesEndingIn(end: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end));
}

describe('a process that is killed between temporary file and rename', () => {
  it('leaves a run as it was, which can be changed again', async () => {
    const before = await client.getRun(runId);
    await crashAtRename(`await client.updateRun(${JSON.stringify(runId)}, { status: 'FAILED', runName: 'after' });`);
    expect(filesEndingIn('.tmp')).toHaveLength(1);
    expect(filesEndingIn('.lock')).toHaveLength(1);
    expect(await client.getRun(runId)).toEqual(before);
    await client.updateRun(runId, { status: 'FINISHED', endTime: 5 });
    expect(await client.getRun(runId)).toEqual({ ...before, status: 'FINISHED', endTime: 5 });
    expect(filesEndingIn('.lock')).toEqual([]);
  });

  it('leaves the registry as it was, and the next version has the next number', async () => {
    const before = await client.listModelVersions('m');
    const version = JSON.stringify({ name: 'm', source: 's', runId });
    await crashAtRename(`await client.createModelVersion(${version});`);
    expect(await client.listModelVersions('m')).toEqual(before);
    expect((await client.createModelVersion({ name: 'm', source: 's', runId })).version).toBe('2');
  });
});
