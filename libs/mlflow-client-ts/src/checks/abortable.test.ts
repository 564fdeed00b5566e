import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../index.js';

let folder: string;
let client: MlflowClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-abort-'));
  client = openMlflow({ trackingUri: `file:${folder}` });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const aborted = { name: 'MlflowError', code: 'MLFLOW_ABORTED', cause: 'enough' };

describe('with({ signal })', () => {
  it('works as without until the signal is given', async () => {
    const controller = new AbortController();
    const limited = client.with({ signal: controller.signal });
    const experimentId = await limited.ensureExperiment('a');
    const { runId } = await limited.createRun({ experimentId });
    await limited.artifacts({ runId }).upload('a.txt', 'text');
    expect((await limited.searchRuns({ experimentIds: [experimentId] }).all()).map((run) => run.runId)).toEqual([
      runId,
    ]);
  });

  it('refuses calls, pages, artifacts and streams afterwards, and the client itself goes on', async () => {
    const experimentId = await client.ensureExperiment('a');
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'a.txt', 'text');
    const limited = client.with({ signal: AbortSignal.abort('enough') });
    const repository = limited.artifacts({ runId });
    await expect(limited.getRun(runId)).rejects.toMatchObject(aborted);
    await expect(limited.searchRuns({ experimentIds: [experimentId] }).all()).rejects.toMatchObject(aborted);
    await expect(limited.searchExperiments().page()).rejects.toMatchObject(aborted);
    await expect(repository.list()).rejects.toMatchObject(aborted);
    await expect(repository.stream('a.txt')[Symbol.asyncIterator]().next()).rejects.toMatchObject(aborted);
    await expect(repository.upload('b.txt', 'never')).rejects.toMatchObject(aborted);
    expect(await client.listArtifacts(runId)).toHaveLength(1);
  });

  it('ends a search between two of its pages', async () => {
    const experimentId = await client.ensureExperiment('a');
    await client.createRun({ experimentId });
    await client.createRun({ experimentId });
    const controller = new AbortController();
    const search = client.with({ signal: controller.signal }).searchRuns({ experimentIds: [experimentId] });
    const first = await search.page({ maxResults: 1 });
    controller.abort('enough');
    const pageToken = first.nextPageToken ?? '';
    await expect(search.page({ maxResults: 1, pageToken })).rejects.toMatchObject(aborted);
  });
});
