import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './errors.js';
import { loadConfig } from './load-config.js';
import type { ConfigIssue } from './problems/config-issue.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, yaml: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, yaml);
  return path;
}

function errorOf(path: string, env: Record<string, string> = {}): ConfigError {
  try {
    loadConfig({ path, env });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

function issuesOf(yaml: string, env: Record<string, string> = {}): ConfigIssue[] {
  const error = errorOf(write('c.yaml', yaml), env);
  expect(error.code).toBe('CONFIG_INVALID');
  return error.details['issues'] as ConfigIssue[];
}

/** Issues without their file, as `line:column path: expected …, found …; hint`. */
function linesOf(yaml: string, env: Record<string, string> = {}): string[] {
  return issuesOf(yaml, env).map(
    ({ line, column, path, expected, found, hint }) =>
      `${line}:${column} ${path}: expected ${expected}, found ${found}${hint === undefined ? '' : `; ${hint}`}`,
  );
}

describe('loadConfig() on a file that is right', () => {
  it('fills every key that is not stated with its default', () => {
    const config = loadConfig({ path: write('c.yaml', 'training: { models: { lstm: { epochs: 7 } } }\n'), env: {} });
    expect(config.training.models.lstm).toMatchObject({ epochs: 7, hidden_size: 32, patience: 8 });
    expect(config.deployment.health_checks.endpoint).toBe('/health');
  });

  it('takes an empty file, and one of comments, as all defaults', () => {
    const empty = loadConfig({ path: write('a.yaml', ''), env: {} });
    expect(loadConfig({ path: write('b.yaml', '# nothing yet\n'), env: {} })).toEqual(empty);
    expect(empty.training.seed).toBe(42);
  });

  it('leaves a threshold that is not stated out, instead of setting it to undefined', () => {
    const { performance_thresholds } = loadConfig({ path: write('c.yaml', ''), env: {} }).validation;
    expect(Object.hasOwn(performance_thresholds, 'mean_reward')).toBe(false);
  });
});

describe('loadConfig() with variables', () => {
  it('types a plain value after filling it in, and leaves a quoted one as text', () => {
    const yaml = 'deployment: { environment: "${NAME}" }\ntraining:\n  seed: ${SEED}\n  backend: ${BACKEND:-wasm}\n';
    const config = loadConfig({ path: write('c.yaml', yaml), env: { NAME: '7', SEED: '7' } });
    expect(config.deployment.environment).toBe('7');
    expect(config.training.seed).toBe(7);
    expect(config.training.backend).toBe('wasm');
  });

  it('reports every variable that is missing, at the value that names it', () => {
    expect(linesOf('mlflow:\n  tracking_uri: ${URI}\n  experiment_name: runs of ${WHO}\n')).toEqual([
      '2:17 mlflow.tracking_uri: expected the environment variable URI, found no such variable; set URI, or write ${URI:-default}',
      '3:20 mlflow.experiment_name: expected the environment variable WHO, found no such variable; set WHO, or write ${WHO:-default}',
    ]);
  });

  it('names the variable a wrong value came from', () => {
    expect(linesOf('training:\n  seed: ${SEED}\n', { SEED: 'lucky' })).toEqual([
      '2:9 training.seed: expected a whole number >= 0 and <= 4294967295, found "lucky" (from SEED)',
    ]);
  });

  it('does not show the password of an address', () => {
    const error = errorOf(write('c.yaml', 'mlflow:\n  tracking_uri: ${URI}\n'), { URI: 'ftp://me:secret@host/x' });
    expect(error.message).toContain('ftp://…@host/x');
    expect(JSON.stringify([error.message, error.details])).not.toContain('secret');
  });

  it('reports a ${ that starts no variable', () => {
    expect(linesOf('mlflow:\n  experiment_name: a ${1x} b\n')).toEqual([
      '2:20 mlflow.experiment_name: expected ${NAME} or ${NAME:-default}, found "${1x}"; a literal ${ is written $${',
    ]);
  });
});

describe('loadConfig() on a file that is wrong', () => {
  it('reports everything at once, in the order of the file', () => {
    const yaml = [
      'training:',
      '  sed: 1',
      '  backend: tfjs-nod',
      '  models:',
      '    lstm: { epochs: many, num_layers: 0, learning_rate: null }',
      'deployment:',
      '  health_checks: yes',
      'data:',
      '  usrop:',
      '    test_wells: []',
      '',
    ].join('\n');
    expect(linesOf(yaml)).toEqual([
      '2:3 training.sed: expected a known key, found "sed"; did you mean "seed"?',
      '3:12 training.backend: expected one of auto, tfjs-node-gpu, tfjs-node, wasm, cpu, found "tfjs-nod"; did you mean "tfjs-node"?',
      '5:21 training.models.lstm.epochs: expected a whole number >= 1, found "many"',
      '5:39 training.models.lstm.num_layers: expected a whole number >= 1, found 0',
      '5:57 training.models.lstm.learning_rate: expected a number > 0, found null',
      '7:18 deployment.health_checks: expected a mapping, found "yes"',
      '10:17 data.usrop.test_wells: expected a list that is not empty, found a list',
    ]);
  });

  it('puts file, line and column before each problem of the message', () => {
    const path = write('c.yaml', 'training:\n  sed: 1\n');
    expect(errorOf(path).message).toBe(
      `Cannot use configuration "${path}": 1 problem\n  ${path}:2:3 training.sed: expected a known key, found "sed"; did you mean "seed"?`,
    );
  });

  it.each([
    [
      'training:\n  batchSize: 1\n',
      'that key belongs to training.models.lstm or training.models.transformer or training.models.cnn_lstm',
    ],
    ['training:\n  nhead: 2\n', 'that key belongs to training.models.transformer'],
    ['training:\n  models:\n    lstm: { batchSize: 1 }\n', 'did you mean "batch_size"?'],
    ['monitoring:\n  time_window_hours: 1\n', 'that key belongs to monitoring.performance'],
    ['mlflow:\n  promotion: { requires_validation: false }\n', 'a passed validation is always required; remove it'],
    ['zebra: 1\n', 'known keys here: extends, training, validation, deployment, monitoring, retraining, mlflow, data'],
  ])('says of the unknown key in %j: %s', (yaml, hint) => {
    expect(issuesOf(yaml).map((issue) => issue.hint)).toEqual([hint]);
  });

  it('holds rules between keys', () => {
    const yaml = [
      'training: { split: { validation_share: 0.5, test_share: 0.5 } }',
      'validation: { data_validation: { checks: { value_ranges: { columns: { wob: { min: 3, max: 1 }, rpm: {} } } } } }',
      '',
    ].join('\n');
    expect(linesOf(yaml)).toEqual([
      '1:57 training.split.test_share: expected a share that leaves units to train on: validation_share + test_share + calibration_share < 1, found 0.5',
      '2:91 validation.data_validation.checks.value_ranges.columns.wob.max: expected a number >= min, found 1',
      '2:101 validation.data_validation.checks.value_ranges.columns.rpm: expected min, max or both, found a mapping',
    ]);
  });

  it('holds rules inside a model type', () => {
    const yaml = [
      'training:',
      '  models:',
      '    transformer: { d_model: 30, nhead: 4, dropout: 1, interval: { coverage: 1 } }',
      '    cnn_lstm: { kernel_size: 4 }',
      '    lstm: { schedule: linear, interval: { method: bootstrap } }',
      'data: { forge: { blocks: 5, test_blocks: 4 } }',
      '',
    ].join('\n');
    expect(linesOf(yaml)).toEqual([
      '3:29 training.models.transformer.d_model: expected a multiple of nhead: every head has the same share of it, found 30',
      '3:52 training.models.transformer.dropout: expected a number >= 0 and < 1, found 1',
      '3:77 training.models.transformer.interval.coverage: expected a number > 0 and < 1, found 1',
      '4:30 training.models.cnn_lstm.kernel_size: expected an odd number, so that a row has as many neighbours on either side, found 4',
      '5:23 training.models.lstm.schedule: expected one of plateau, cosine, found "linear"',
      '5:51 training.models.lstm.interval.method: expected one of split-conformal, conformalised-quantiles, none, found "bootstrap"',
      '6:42 data.forge.test_blocks: expected a number that leaves two blocks to train and to validate on, found 4',
    ]);
    expect(linesOf('data: { classes: { bounds: [30, 15], names: [a, b] } }\n')).toEqual([
      '1:28 data.classes.bounds: expected numbers that rise, found a list',
      '1:45 data.classes.names: expected one name per class, all different: one more than bounds, found a list',
    ]);
    expect(linesOf('data: { classes: { bounds: [15, 30], names: [a, b, b] } }\n')).toEqual([
      '1:45 data.classes.names: expected one name per class, all different: one more than bounds, found a list',
    ]);
    expect(linesOf('training: { models: { lstm: { warmup_epochs: 50 } } }\n')).toEqual([
      '1:46 training.models.lstm.warmup_epochs: expected fewer than epochs: the rest is where the network learns, found 50',
    ]);
  });

  it('points at the place of a YAML error', () => {
    expect(linesOf('training:\n  seed: 1\n backend: cpu\n')).toEqual([
      '3:1 : expected valid YAML, found All mapping items must start at the same column',
    ]);
  });

  it('refuses a key that stands twice', () => {
    expect(linesOf('training:\n  seed: 1\n  seed: 2\n')).toEqual([
      '3:3 : expected valid YAML, found Map keys must be unique',
    ]);
  });

  it('refuses anchors, so that a value stands where it is used', () => {
    expect(linesOf('training: { seed: &s 1 }\ndata: { bit_runs: { seed: *s } }\n')).toEqual([
      '2:27 : expected the value itself, found an alias (*name)',
    ]);
  });

  it('refuses a file that is no mapping, and keys that are no words', () => {
    expect(linesOf('- training\n')).toEqual(['1:1 : expected a mapping, found a list']);
    expect(linesOf('? [a, b]\n: 1\n')).toEqual(['1:3 : expected a key of one word, found another kind of key']);
  });

  it('says that a file is missing', () => {
    const error = errorOf(join(folder, 'none.yaml'));
    expect(error.code).toBe('CONFIG_FILE_MISSING');
    expect(error.details).toEqual({ path: join(folder, 'none.yaml') });
  });

  it('says that a folder is no file', () => {
    expect(errorOf(folder).code).toBe('CONFIG_FILE_UNREADABLE');
  });
});

describe('loadConfig() with extends', () => {
  it('lays the keys of the file over those of the file it extends', () => {
    write(
      'base.yaml',
      'training: { seed: 1, models: { lstm: { epochs: 3, patience: 2 } } }\ndata: { usrop: { test_wells: [A, B] } }\n',
    );
    const top = write(
      'profiles/top.yaml',
      'extends: ../base.yaml\ntraining: { models: { lstm: { epochs: 9 } } }\ndata: { usrop: { test_wells: [C] } }\n',
    );
    const config = loadConfig({ path: top, env: {} });
    expect(config.training).toMatchObject({ seed: 1, models: { lstm: { epochs: 9, patience: 2 } } });
    expect(config.data.usrop.test_wells).toEqual(['C']);
    expect(config).not.toHaveProperty('extends');
  });

  it('needs no variable of a value that is replaced', () => {
    write('base.yaml', 'mlflow: { experiment_name: "${NOT_SET}" }\n');
    const top = write('top.yaml', 'extends: base.yaml\nmlflow: { experiment_name: mine }\n');
    expect(loadConfig({ path: top, env: {} }).mlflow.experiment_name).toBe('mine');
  });

  it('points into the file that holds the wrong key', () => {
    const base = write('base.yaml', '\ntraining:\n  seed: -1\n');
    const top = write('top.yaml', 'extends: base.yaml\ntraining:\n  models: { lstm: { epochs: 0 } }\n');
    const issues = errorOf(top).details['issues'] as ConfigIssue[];
    expect(issues.map(({ file, line, path }) => ({ file, line, path }))).toEqual([
      { file: base, line: 3, path: 'training.seed' },
      { file: top, line: 3, path: 'training.models.lstm.epochs' },
    ]);
  });

  it('says which file names a base that is missing', () => {
    const top = write('top.yaml', 'extends: none.yaml\n');
    const error = errorOf(top);
    expect(error.code).toBe('CONFIG_FILE_MISSING');
    expect(error.details).toEqual({ path: join(folder, 'none.yaml'), extendedBy: `${top}:1:10` });
  });

  it('refuses files that extend one another', () => {
    write('a.yaml', 'extends: b.yaml\n');
    const b = write('b.yaml', 'extends: a.yaml\n');
    expect(errorOf(b).message).toContain('expected a file that does not build on this one, found "b.yaml"');
  });

  it('refuses an extends that is no file name', () => {
    expect(linesOf('extends: [base.yaml]\n')).toEqual(['1:10 extends: expected the name of a file, found a list']);
    expect(linesOf('extends: 3\n')).toEqual(['1:10 extends: expected the name of a file, found 3']);
  });
});
