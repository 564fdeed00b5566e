import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RulReport } from '../src/bench/rul-report.js';
import { madeTurbofans } from './support/made-turbofans.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

/** Cycles. Between what a model that learns reaches on these engines and what one that does not learn can. */
const threshold = 15;

const short = ['bench', 'rul', '--model-type', 'lstm', '--backend', 'wasm', '--epochs', '30'];

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create(tinySizes);
  for (const wear of ['visible', 'hidden'] as const) {
    for (const [name, text] of Object.entries(madeTurbofans(12, wear))) await workplace.write(`${wear}/${name}`, text);
  }
});

afterAll(async () => {
  await workplace.dispose();
});

describe('bench rul', () => {
  it(
    'trains every seed, in processes of its own where asked to, and ends with 0 below the threshold',
    { timeout: 240_000 },
    async () => {
      const limits = ['--seeds', '2', '--jobs', '2', '--max-rmse', String(threshold)];
      const { exitCode, answer, stderr } = await workplace.run([...short, '--data', 'visible', ...limits]);
      expect(exitCode, stderr).toBe(0);
      const [report] = (answer as { reports: [RulReport] }).reports;
      expect(report).toMatchObject({ subset: 'FD001', modelType: 'lstm', shortened: { epochs: 30 } });
      expect(report.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
      expect(report.seeds.map(({ answers }) => answers.length)).toEqual([12, 12]);
      expect(report.seeds[0]!.answers).not.toEqual(report.seeds[1]!.answers);
    },
  );

  it('ends with 1 above the threshold: here nothing can be learned from the sensors', async () => {
    const limits = ['--seeds', '1', '--max-rmse', String(threshold)];
    const { exitCode, answer, stderr } = await workplace.run([...short, '--data', 'hidden', ...limits]);
    expect(exitCode, stderr).toBe(1);
    expect((answer as { reports: RulReport[] }).reports[0]!.seeds[0]!.marks.rmseCapped).toBeGreaterThan(threshold);
  });

  it('leaves no files after a shortened run: they would pass for evidence', async () => {
    expect(await readdir(workplace.folder)).not.toContain('docs');
  });

  it('names the file that is missing, also where processes of their own would train', async () => {
    const missing = [...short, '--data', 'nowhere'];
    for (const jobs of ['1', '2']) {
      const result = await workplace.run([...missing, '--seeds', '2', '--jobs', jobs]);
      expectRefusal(result, { exitCode: 2, code: 'DATASET_FILE_MISSING', says: ['train_FD001.txt'] });
    }
  });

  it.each([
    ['--subset', 'FD005', 'FD001, FD002, FD003, FD004, all'],
    ['--model-type', 'gru', 'lstm, transformer, cnn-lstm, all'],
    ['--limit-units', '3', 'a whole number >= 10 is expected'],
  ])('refuses %s %s', async (flag, value, words) => {
    expectRefusal(await workplace.run(['bench', 'rul', flag, value]), {
      exitCode: 2,
      code: 'CLI_USAGE',
      says: [words],
    });
  });
});
