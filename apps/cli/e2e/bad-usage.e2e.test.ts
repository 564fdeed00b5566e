import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort } from './support/closed-port.js';
import { listingOf } from './support/listing.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create(tinySizes);
});

afterAll(async () => {
  await workplace.dispose();
});

describe('a command that cannot be understood', () => {
  it('names the unknown model type and the known ones, and opens no run', async () => {
    const result = await workplace.run(['train', '--model_type', 'transfomer']);
    expectRefusal(result, {
      exitCode: 2,
      code: 'TRAINING_UNKNOWN_MODEL_TYPE',
      says: ['"transfomer"', '"lstm"', '"transformer"', '"cnn-lstm"'],
    });
    expect(await listingOf(workplace.path('mlruns'))).toEqual({});
  });

  it('names file, line and column of an unknown key, and the key that was meant', async () => {
    await workplace.write('typo.yaml', 'extends: ./config.yaml\ntraining:\n  models:\n    lstm:\n      epoch: 3\n');
    const result = await workplace.run(['train'], { config: 'typo.yaml' });
    expectRefusal(result, {
      exitCode: 2,
      code: 'CONFIG_INVALID',
      says: ['typo.yaml:5:7', 'training.models.lstm.epoch', 'did you mean', 'epochs'],
    });
    expect(await listingOf(workplace.path('mlruns'))).toEqual({});
  });

  it('names the key and what was expected for a value of the wrong kind', async () => {
    await workplace.write('wrong.yaml', 'extends: ./config.yaml\ndeployment:\n  server:\n    port: eighty\n');
    const result = await workplace.run(['status', '--model-name', 'any'], { config: 'wrong.yaml' });
    expectRefusal(result, {
      exitCode: 2,
      code: 'CONFIG_INVALID',
      says: ['wrong.yaml:4:11', 'deployment.server.port', 'eighty'],
    });
  });

  it('names a configuration file that is not there', async () => {
    const result = await workplace.run(['train'], { config: 'nowhere.yaml' });
    expectRefusal(result, { exitCode: 2, code: 'CONFIG_FILE_MISSING', says: ['"nowhere.yaml"', 'check the path'] });
  });

  it.each([
    ['an unknown command', ['trian'], "unknown command 'trian'"],
    ['an unknown flag', ['train', '--epoch', '3'], "unknown option '--epoch'"],
    ['a value that is none of the choices', ['train', '--dataset', 'volve'], 'bit-runs, cmapss, usrop'],
    ['a number that is none', ['train', '--epochs', 'many'], 'a whole number >= 1 is expected'],
    ['a flag that is needed', ['monitor'], "required option '--model-name <name>' not specified"],
  ])('ends with 2 and names %s', async (_, args, words) => {
    expectRefusal(await workplace.run(args), { exitCode: 2, code: 'CLI_USAGE', says: [words] });
  });

  it('names a registered model that does not exist', async () => {
    const result = await workplace.run(['deploy', '--model-name', 'no-such-model']);
    expectRefusal(result, { exitCode: 2, code: 'REGISTRY_VERSION_MISSING', says: ['no-such-model'] });
  });
});

describe('a name that would lead out of the state folder', () => {
  it('is wrong usage, and nothing is made outside', async () => {
    const result = await workplace.run(['undeploy', '--model-name', '../../escaped']);
    expectRefusal(result, { exitCode: 2, code: 'CLI_USAGE', says: ['../../escaped'] });
    expect(await listingOf(workplace.path('..', 'escaped'))).toEqual({});
  });

  it('is told from a model nobody knows', async () => {
    const result = await workplace.run(['status', '--model-name', 'nobody']);
    expectRefusal(result, { exitCode: 2, code: 'CLI_UNKNOWN_MODEL', says: ['nobody'] });
    expect(await workplace.must(['undeploy', '--model-name', 'nobody'])).toEqual({ model: 'nobody', stopped: false });
  });
});

describe('a state folder that is a file', () => {
  it('is another system that fails, told with its path and without a stack', async () => {
    await workplace.write('taken', 'not a folder');
    await workplace.writeConfig('taken.yaml', { extends: './config.yaml', deployment: { state_directory: './taken' } });
    const result = await workplace.run(['undeploy', '--model-name', 'any'], { config: 'taken.yaml' });
    expectRefusal(result, { exitCode: 3, code: 'TARGET_STATE_UNREADABLE', says: ['taken'] });
  });
});

describe('a password in the tracking address', () => {
  it('is shown by no command', async () => {
    const address = `http://ada:s3cret@127.0.0.1:${await closedPort()}`;
    for (const args of [['doctor'], ['train'], ['status', '--model-name', 'any']]) {
      const { stdout, stderr } = await workplace.run([...args, '--tracking-uri', address]);
      expect(stdout + stderr).not.toContain('s3cret');
    }
  });
});

describe('a tracking server that does not answer', () => {
  it('ends every command that needs it with 3 and names its address', async () => {
    const address = `http://127.0.0.1:${await closedPort()}`;
    for (const args of [['train'], ['status', '--model-name', 'any'], ['deploy', '--model-name', 'any']]) {
      const result = await workplace.run([...args, '--tracking-uri', address]);
      expectRefusal(result, { exitCode: 3, code: 'MLFLOW_UNREACHABLE', says: [address] });
    }
    expect(await listingOf(workplace.path('mlruns'))).toEqual({});
    expect(await listingOf(workplace.path('state'))).toEqual({});
  });

  it('is found by doctor', async () => {
    const address = `http://127.0.0.1:${await closedPort()}`;
    const { exitCode, answer } = await workplace.run(['doctor', '--tracking-uri', address]);
    expect(answer).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ what: 'tracking store', ok: false })]) as unknown,
    });
    expect(exitCode).toBe(1);
  });

  it('is an address that can be one: another scheme is wrong usage', async () => {
    const result = await workplace.run(['train', '--tracking-uri', 'ftp://127.0.0.1/mlruns']);
    expectRefusal(result, { exitCode: 2, code: 'MLFLOW_INVALID_URI', says: ['ftp://127.0.0.1/mlruns'] });
  });
});

describe('doctor', () => {
  it('finds everything well with this configuration', async () => {
    const { exitCode, answer } = await workplace.run(['doctor']);
    const { findings } = answer as { findings: { what: string; ok: boolean; found: string }[] };
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ what }) => what)).toEqual([
      'node',
      'configuration',
      'tracking store',
      'training backend',
      'free disk',
    ]);
    expect(findings[3]?.found).toMatch(/^wasm, [1-9]\d* windows\/s, /);
    expect(exitCode).toBe(0);
  });
});
