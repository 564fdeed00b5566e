import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliResult } from './support/cli-process.js';
import { listingOf } from './support/listing.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { turbofanFiles } from './support/turbofan-files.js';
import { Workplace } from './support/workplace.js';

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create(tinySizes);
});

afterAll(async () => {
  await workplace.dispose();
});

/** Trains on the files of one folder; the files replace those of a good data set. */
async function trainOn(folder: string, files: Record<string, string>, dataset = 'cmapss'): Promise<CliResult> {
  for (const [name, content] of Object.entries(files)) await workplace.write(`${folder}/${name}`, content);
  return workplace.run(['train', '--dataset', dataset, '--data', folder]);
}

async function expectUntouched(): Promise<void> {
  expect(await listingOf(workplace.path('mlruns'))).toEqual({});
}

describe('training on files that cannot be used', () => {
  it('names a missing file', async () => {
    const { 'train_FD001.txt': train, 'test_FD001.txt': test } = turbofanFiles();
    const result = await trainOn('missing', { 'train_FD001.txt': train, 'test_FD001.txt': test });
    expectRefusal(result, { exitCode: 2, code: 'DATASET_FILE_MISSING', says: ['missing/RUL_FD001.txt'] });
    await expectUntouched();
  });

  it('names a data folder that is not there', async () => {
    const result = await workplace.run(['train', '--dataset', 'usrop', '--data', 'no-such-folder']);
    expectRefusal(result, { exitCode: 2, code: 'DATASET_FILE_MISSING', says: ['no-such-folder/USROP_A_0_F-9A.csv'] });
    await expectUntouched();
  });

  it('names an empty file', async () => {
    const result = await trainOn('empty', { ...turbofanFiles(), 'train_FD001.txt': '' });
    expectRefusal(result, { exitCode: 2, code: 'DATASET_EMPTY', says: ['empty/train_FD001.txt', '0 bytes'] });
    await expectUntouched();
  });

  it('names a CSV of which only the header is there', async () => {
    const result = await trainOn('header', { 'USROP_A_0_F-9A.csv': 'Measured Depth m,Diameter mm\n' }, 'usrop');
    expectRefusal(result, { exitCode: 2, code: 'DATASET_EMPTY', says: ['header/USROP_A_0_F-9A.csv', 'no row'] });
    await expectUntouched();
  });

  it('names a column that is missing, and the one that is there instead', async () => {
    const csv = 'Measured Depth m,Diametre mm\n100,311\n101,311\n';
    const result = await trainOn('columns', { 'USROP_A_0_F-9A.csv': csv }, 'usrop');
    expectRefusal(result, {
      exitCode: 2,
      code: 'DATASET_COLUMNS',
      says: ['columns/USROP_A_0_F-9A.csv', '"Diameter mm" (did you mean "Diametre mm"?)'],
    });
    await expectUntouched();
  });

  it('names a file whose lines have too few columns', async () => {
    const result = await trainOn('narrow', { ...turbofanFiles(), 'train_FD001.txt': '1 1 0.5\n1 2 0.6\n1 3 0.7\n' });
    expectRefusal(result, { exitCode: 2, code: 'DATASET_COLUMNS', says: ['narrow/train_FD001.txt'] });
    await expectUntouched();
  });

  it('names a column without a single number', async () => {
    const { 'train_FD001.txt': train } = turbofanFiles({ value: (c) => (c === 8 ? 'NaN' : String(c)) });
    const result = await trainOn('nan', { ...turbofanFiles(), 'train_FD001.txt': train });
    expectRefusal(result, { exitCode: 2, code: 'DATASET_COLUMN_NAN', says: ['nan/train_FD001.txt', '"P15"'] });
    await expectUntouched();
  });

  it('names a file of one row', async () => {
    const { 'train_FD001.txt': train } = turbofanFiles({ engines: 1, cycles: 1 });
    const result = await trainOn('one-row', { ...turbofanFiles(), 'train_FD001.txt': train });
    expectRefusal(result, { exitCode: 2, code: 'DATASET_TOO_FEW_ROWS', says: ['one-row/train_FD001.txt', '1 row'] });
    await expectUntouched();
  });

  it('refuses a single engine: it cannot be shared out', async () => {
    const result = await trainOn('one-engine', turbofanFiles({ engines: 1 }));
    expectRefusal(result, { exitCode: 2, code: 'DATASET_TOO_FEW_UNITS', says: ['units'] });
    await expectUntouched();
  });

  it('names column and engine of a gap that a model cannot read', async () => {
    const files = turbofanFiles();
    const train = files['train_FD001.txt'].split('\n');
    const gap = train.map((line) => (line.startsWith('2 5 ') ? line.replace(/ \S+$/, ' NaN') : line));
    const result = await trainOn('gap', { ...files, 'train_FD001.txt': gap.join('\n') });
    expectRefusal(result, { exitCode: 2, code: 'TRAINING_NAN_FEATURE', says: ['"W32"', 'FD001-train-'] });
    await expectUntouched();
  });

  it('takes the files when they are good', async () => {
    const result = await trainOn('good', turbofanFiles({ engines: 6, cycles: 30 }));
    expect(result.errors).toEqual([]);
    expect(result.answer).toMatchObject({ model: 'cmapss_lstm', version: '1' });
  });
});
