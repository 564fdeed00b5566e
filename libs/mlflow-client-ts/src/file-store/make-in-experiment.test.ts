import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plantExperiment, storeContext } from '../../testing/store-folder.js';
import { createLoggedModel } from './create-logged-model.js';
import { createRun } from './create-run.js';
import { deleteExperiment } from './experiment-lifecycle.js';
import { findRunFolder, listRunFolders, runStageOf } from './run-folder.js';
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

/** A store in which something happens once, before or after the description of something new is written. */
function contextWith(event: () => void, when: 'before' | 'after' = 'before'): StoreContext {
  const context = storeContext(root);
  const { files } = context;
  const replace: typeof files.replace = async (target, content, workFolder) => {
    const isDescription = basename(target) === 'meta.yaml';
    if (isDescription && when === 'before') event();
    await files.replace(target, content, workFolder);
    if (isDescription && when === 'after') event();
  };
  return { ...context, files: { ...files, replace } };
}

/** A store in which experiment 1 is moved away when something new in it has everything but its description. */
function contextOfDeletion(): StoreContext {
  return contextWith(() => {
    if (existsSync(join(root, '1'))) renameSync(join(root, '1'), join(root, '2', 'moved'));
  });
}

function markDeleted(): void {
  const file = join(root, '1', 'meta.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"active"', '"deleted"'));
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

  it('is no run when the experiment is marked already, but not moved yet', async () => {
    await expect(createRun(contextWith(markDeleted, 'after'), { experimentId: '1' })).rejects.toMatchObject(deleted);
    expect(readdirSync(join(root, '1'))).toEqual(['meta.yaml']);
  });

  it('is not left in the trash', async () => {
    mkdirSync(join(root, '.trash'));
    const move = (): void => {
      renameSync(join(root, '1'), join(root, '.trash', '1'));
    };
    await expect(createRun(contextWith(move, 'after'), { experimentId: '1' })).rejects.toMatchObject(deleted);
    expect(readdirSync(join(root, '.trash', '1'))).toEqual(['meta.yaml']);
  });

  it('is a deleted run, whenever it was acknowledged', async () => {
    const context = storeContext(root);
    const making = Array.from({ length: 30 }, () => createRun(context, { experimentId: '1' }));
    await making[0];
    const late = createRun(context, { experimentId: '1' });
    await Promise.all([deleteExperiment(context, '1'), expect(late).rejects.toMatchObject(deleted)]);
    const results = await Promise.allSettled(making);
    const made = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const stages = made.map(({ runId }) => runStageOf(findRunFolder(context, runId)));
    expect(stages).toEqual(made.map(() => 'deleted'));
    expect(listRunFolders(join(root, '.trash', '1'))).toHaveLength(made.length);
    expect(made).not.toHaveLength(0);
  });

  it('is a run where the experiment stays', async () => {
    const { runId } = await createRun(storeContext(root), { experimentId: '2' });
    expect(readdirSync(join(root, '2'))).toContain(runId);
  });
});
