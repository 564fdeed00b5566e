import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Metric } from '../api/metrics.js';
import { createStoreFiles } from '../fs/store-files.js';
import { appendModelPoints, appendPoints, parseModelPoints, parsePoints } from './metric-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-metrics-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const files = createStoreFiles({ fsync: false });

function textOf(key: string): string {
  return readFileSync(join(folder, 'metrics', key), 'utf8');
}

const dataset = fc.record({ datasetName: fc.constantFrom('d', 'two words', 'a\nb'), datasetDigest: fc.constant('1a') });
const plain = fc.record({
  key: fc.constant('m'),
  value: fc.double(),
  timestamp: fc.nat(),
  step: fc.integer({ min: -5, max: 1e9 }),
});
const anyPoint: fc.Arbitrary<Metric> = fc.oneof(
  plain,
  fc.tuple(plain, dataset).map(([point, fields]) => ({ ...point, ...fields, step: 0 })),
);

/** Texts know no -0. */
function asWritten(point: Metric): Metric {
  return { ...point, value: point.value + 0 };
}

describe('the metric file of a run', () => {
  it('keeps every point, with its dataset at step 0', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPoint, { minLength: 1, maxLength: 5 }), async (points) => {
        rmSync(join(folder, 'metrics'), { recursive: true, force: true });
        await appendPoints(files, folder, 'm', points);
        expect(parsePoints('m', textOf('m'))).toEqual(points.map(asWritten));
      }),
      { numRuns: 50 },
    );
  });

  it('that is cut off anywhere is the beginning of itself, whole points only', async () => {
    const points = [1, 2, 3].map((step) => ({ key: 'm', value: step / 3, timestamp: 1_700_000_000_000, step }));
    await appendPoints(files, folder, 'm', points);
    const text = textOf('m');
    for (let length = 0; length <= text.length; length++) {
      const found = parsePoints('m', text.slice(0, length));
      expect(found).toEqual(points.slice(0, found.length));
      expect(found.length).toBe(text.slice(0, length).split('\n').length - 1);
    }
  });

  it('that was cut off is mended by the next write', async () => {
    const point = { key: 'm', value: 1, timestamp: 1, step: 1 };
    await appendPoints(files, folder, 'm', [point]);
    writeFileSync(join(folder, 'metrics/m'), `${textOf('m')}17 0.33`);
    await appendPoints(files, folder, 'm', [{ ...point, step: 2 }]);
    expect(textOf('m')).toBe('1 1 1\n1 1 2\n');
  });

  it('is read as Python writes it', () => {
    const text = '1 nan 0\n2 inf 1\n3 -inf 2\n4 0.5 3 data 1a\n5 0.25\n';
    expect(parsePoints('m', text)).toEqual([
      { key: 'm', value: NaN, timestamp: 1, step: 0 },
      { key: 'm', value: Infinity, timestamp: 2, step: 1 },
      { key: 'm', value: -Infinity, timestamp: 3, step: 2 },
      { key: 'm', value: 0.5, timestamp: 4, step: 3, datasetName: 'data', datasetDigest: '1a' },
      { key: 'm', value: 0.25, timestamp: 5, step: 0 },
    ]);
  });

  it.each(['1 x 0\n', '1\n', 'a 1 0\n', '1 1 b\n'])('that has the line %j is damaged', (text) => {
    expect(() => parsePoints('m', text)).toThrow(expect.objectContaining({ code: 'MLFLOW_CORRUPT_STORE' }) as Error);
  });
});

describe('the metric file of a logged model', () => {
  it('names the run of every point', async () => {
    const points = [
      { key: 'a/m', value: 1, timestamp: 1, step: 0, runId: 'r1', modelId: 'm-1' },
      {
        key: 'a/m',
        value: 2,
        timestamp: 1,
        step: 1,
        runId: 'r2',
        modelId: 'm-1',
        datasetName: 'd',
        datasetDigest: '1',
      },
    ];
    await appendModelPoints(files, folder, 'a/m', points);
    expect(textOf('a/m')).toBe('1 1 0 r1\n1 2 1 r2 d 1\n');
    expect(parseModelPoints('a/m', textOf('a/m'), 'm-1')).toEqual(points);
  });
});
