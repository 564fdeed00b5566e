import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/client.js';
import { listingOf } from './support/listing.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

let workplace: Workplace;

/** Long enough to be killed in the middle, and with dropout, so that the order of random numbers counts. */
const transformer = { ...tinySizes.training.models.transformer, dropout: 0.2, epochs: 20, patience: 20, stride: 1 };

beforeAll(async () => {
  workplace = await Workplace.create({
    ...tinySizes,
    training: { ...tinySizes.training, models: { ...tinySizes.training.models, transformer } },
  });
});

afterAll(async () => {
  await workplace.dispose();
});

const train = ['train', '--model-type', 'transformer'];

async function digestOf(runId: string): Promise<string> {
  const model = await readFile(join(workplace.artifactsOf(runId), 'model/model.onnx'));
  return createHash('sha256').update(model).digest('hex');
}

describe('a training with --checkpoint', () => {
  let whole: { runId: string };

  it('leaves no checkpoint behind once its version is registered', async () => {
    whole = (await workplace.must([...train, '--checkpoint', 'whole.checkpoint'])) as typeof whole;
    expect(existsSync(workplace.path('whole.checkpoint'))).toBe(false);
  });

  it('gives the model of an uninterrupted training after it was killed and started again', async () => {
    const checkpoint = workplace.path('kept/killed.checkpoint');
    const command = [...train, '--checkpoint', 'kept/killed.checkpoint'];
    const first = workplace.start(command);
    await until('a checkpoint', () => Promise.resolve(existsSync(checkpoint) || undefined));
    first.kill();
    expect((await first.ended).exitCode).toBeNull(); // it was killed before it was done
    expect(existsSync(checkpoint)).toBe(true);

    const resumed = (await workplace.must(command)) as typeof whole & { version: string };
    expect(await digestOf(resumed.runId)).toBe(await digestOf(whole.runId));
    expect(resumed).toMatchObject({ version: '2', stopped: 'epochs' });
    expect(existsSync(checkpoint)).toBe(false);
  });

  it('goes on after Ctrl-C as well, and registers nothing before', async () => {
    const checkpoint = workplace.path('stopped.checkpoint');
    const command = [...train, '--checkpoint', 'stopped.checkpoint'];
    const first = workplace.start(command);
    await until('a checkpoint', () => Promise.resolve(existsSync(checkpoint) || undefined));
    first.interrupt();
    expectRefusal(await first.ended, { exitCode: 1, code: 'WORKFLOW_INTERRUPTED', says: ['start again'] });
    const resumed = (await workplace.must(command)) as typeof whole & { version: string };
    expect(resumed.version).toBe('3');
    expect(await digestOf(resumed.runId)).toBe(await digestOf(whole.runId));
  });
});

describe('a checkpoint that cannot be used', () => {
  it('is named when it is damaged, before anything is written', async () => {
    await workplace.write('damaged.checkpoint', 'half a check');
    const before = await listingOf(workplace.path('mlruns'));
    expectRefusal(await workplace.run([...train, '--checkpoint', 'damaged.checkpoint']), {
      exitCode: 2,
      code: 'TRAINING_CHECKPOINT_CORRUPT',
      says: ['"damaged.checkpoint"', 'delete the file to start anew'],
    });
    expect(await listingOf(workplace.path('mlruns'))).toEqual(before);
  });

  it('is refused when it is of another training, and stays as it is', async () => {
    const path = workplace.path('other.checkpoint');
    const first = workplace.start([...train, '--checkpoint', 'other.checkpoint']);
    await until('a checkpoint', () => Promise.resolve(existsSync(path) || undefined));
    first.kill();
    await first.ended;
    const before = await readFile(path);
    for (const other of [
      ['train', '--model-type', 'lstm'],
      [...train, '--seed', '5'],
    ]) {
      expectRefusal(await workplace.run([...other, '--checkpoint', 'other.checkpoint']), {
        exitCode: 2,
        code: 'TRAINING_CHECKPOINT_MISMATCH',
        says: ['Cannot go on from the checkpoint', 'start anew'],
      });
    }
    expect(await readFile(path)).toEqual(before);
  });

  it('is a folder: another system that fails', async () => {
    await workplace.write('folder/inside', '');
    const result = await workplace.run([...train, '--checkpoint', 'folder']);
    expectRefusal(result, { exitCode: 3, code: 'CLI_SYSTEM', says: ['EISDIR'] });
  });
});
