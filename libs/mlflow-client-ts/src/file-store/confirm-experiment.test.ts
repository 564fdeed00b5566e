import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plantExperiment, storeContext } from '../../testing/store-folder.js';
import { createLoggedModel } from './create-logged-model.js';
import { createRun } from './create-run.js';
import type { StoreContext } from './store-context.js';

const deleted = { code: 'INVALID_PARAMETER_VALUE' };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mlflow-confirm-'));
  plantExperiment(root, '1');
  plantExperiment(root, '2');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A store in which experiment 1 is moved away when something new in it has everything but its description. */
function contextOfDeletion(): StoreContext {
  const context = storeContext(root);
  const { files } = context;
  const replace: typeof files.replace = (target, content, workFolder) => {
    const isDescription = basename(target) === 'meta.yaml';
    if (isDescription && existsSync(join(root, '1'))) renameSync(join(root, '1'), join(root, '2', 'moved'));
    return files.replace(target, content, workFolder);
  };
  return { ...context, files: { ...files, replace } };
}

describe('what is made in an experiment that is deleted meanwhile', () => {
  it('is no run, and nothing of it stays where the experiment was', async () => {
    await expect(createRun(contextOfDeletion(), { experimentId: '1' })).rejects.toMatchObject(deleted);
    expect(readdirSync(join(root, '1'))).toEqual([]);
  });

  it('is no logged model', async () => {
    await expect(createLoggedModel(contextOfDeletion(), { experimentId: '1' })).rejects.toMatchObject(deleted);
    expect(readdirSync(join(root, '1', 'models'))).toEqual([]);
  });

  it('is a run where the experiment stays', async () => {
    const { runId } = await createRun(storeContext(root), { experimentId: '2' });
    expect(readdirSync(join(root, '2'))).toContain(runId);
  });
});
