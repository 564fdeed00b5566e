import type { CheckResult, SensorDataset, SensorSegment } from '@i-drill/core';
import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { checkDataQuality } from './check-data-quality.js';
import type { DataQualityRules } from './data-quality-rules.js';

interface Rows {
  readonly unit: string;
  /** One list per feature. */
  readonly columns: readonly (readonly number[])[];
  readonly target: readonly number[];
}

function segmentOf({ unit, columns, target }: Rows): SensorSegment {
  const rows = target.length;
  const features = Float64Array.from({ length: rows * columns.length }, (_, i) => {
    return columns[i % columns.length]![Math.floor(i / columns.length)]!;
  });
  return { unit, rows, features, target: Float64Array.from(target) };
}

function datasetOf(
  names: readonly string[],
  parts: readonly Rows[],
  task: SensorDataset['task'] = 'rate-of-penetration',
): SensorDataset {
  return {
    name: 'test',
    task,
    features: names.map((name) => ({ name, unit: 'kN' })),
    target: { name: 'y', unit: 'h' },
    segments: parts.map(segmentOf),
    source: 'simulated',
    fingerprint: '',
    evaluateOn: 'every-row',
  };
}

function only(dataset: SensorDataset, rules: DataQualityRules): CheckResult {
  const results = checkDataQuality(dataset, rules);
  expect(results).toHaveLength(1);
  return results[0]!;
}

const countdown = (rows: number): number[] => Array.from({ length: rows }, (_, t) => rows - t);
const wave = (rows: number): number[] => Array.from({ length: rows }, (_, t) => (t * 7) % 10);

describe('checkDataQuality()', () => {
  it('gives one result per rule, in a fixed order, and none for rules that are left out or name no column', () => {
    const dataset = datasetOf(['a'], [{ unit: 'u', columns: [wave(20)], target: wave(20) }]);
    const rules: DataQualityRules = {
      monotone: { columns: {} },
      valueRanges: { columns: {} },
      constantColumns: {},
      outliers: { maxShare: 0, robustSds: 6 },
      missingValues: { maxShare: 0 },
      size: { minUnits: 1, minRows: 1 },
    };
    expect(checkDataQuality(dataset, rules).map(({ check, status }) => `${check} ${status}`)).toEqual([
      'data.size passed',
      'data.missing_values passed',
      'data.outliers passed',
      'data.constant_columns passed',
    ]);
    expect(checkDataQuality(dataset, {})).toEqual([]);
  });

  it('fails data without a row, even without a rule for size', () => {
    const empty = datasetOf(['a'], []);
    expect(only(empty, { outliers: { maxShare: 1, robustSds: 6 } })).toMatchObject({
      check: 'data.size',
      status: 'failed',
    });
    expect(only(datasetOf(['a'], [{ unit: 'u', columns: [[]], target: [] }]), {}).status).toBe('failed');
  });

  it('hands on the consequences of each rule, blocking by default', () => {
    const dataset = datasetOf(['a'], [{ unit: 'u', columns: [[1, 1]], target: [1, 1] }]);
    const consequences = { failed: 'warn', inconclusive: 'warn', error: 'block' } as const;
    expect(only(dataset, { constantColumns: { consequences } }).consequences).toEqual(consequences);
    expect(only(dataset, { constantColumns: {} }).consequences.failed).toBe('block');
  });
});

describe('data.size', () => {
  it('fails one-row data, and counts a unit of two segments once', () => {
    const one = datasetOf(['a'], [{ unit: 'u', columns: [[1]], target: [1] }]);
    expect(only(one, { size: { minUnits: 1, minRows: 2 } })).toMatchObject({
      status: 'failed',
      reason: '1 unit with 1 row, at least 1 unit and 2 rows needed',
    });
    const part: Rows = { unit: 'u', columns: [wave(5)], target: wave(5) };
    expect(only(datasetOf(['a'], [part, part]), { size: { minUnits: 2, minRows: 10 } }).status).toBe('failed');
    expect(only(datasetOf(['a'], [part, { ...part, unit: 'v' }]), { size: { minUnits: 2, minRows: 10 } }).status).toBe(
      'passed',
    );
  });
});

describe('data.missing_values', () => {
  const parts: Rows[] = [
    {
      unit: 'A',
      columns: [
        [1, NaN],
        [1, 2],
      ],
      target: [1, NaN],
    },
    {
      unit: 'B',
      columns: [
        [1, 2],
        [1, Infinity],
      ],
      target: [1, 2],
    },
    {
      unit: 'A',
      columns: [
        [NaN, 2],
        [1, 2],
      ],
      target: [1, 2],
    },
  ];

  it('counts rows without a finite value per column, and names unit and row', () => {
    const result = only(datasetOf(['a', 'b'], parts), { missingValues: { maxShare: 0.2 } });
    expect(result.status).toBe('failed');
    expect(result.reason).toBe(
      '1 column beyond the limit; "a" has missing values in 2 of 6 rows (33.33 %, limit 20 %)',
    );
    expect(result.measurements).toEqual([
      { name: 'a: missing values', value: 1 / 3, limit: '<= 0.2', unit: 'share of rows' },
      { name: 'a: for example', value: 'unit "A" row 2: NaN; unit "A" row 3: NaN', unit: 'kN' },
      { name: 'b: missing values', value: 1 / 6, limit: '<= 0.2', unit: 'share of rows' },
      { name: 'b: for example', value: 'unit "B" row 2: Infinity', unit: 'kN' },
    ]);
  });

  it('passes at the limit, and reports what it found', () => {
    const result = only(datasetOf(['a', 'b'], parts), { missingValues: { maxShare: 1 / 3 } });
    expect(result.status).toBe('passed');
    expect(result.reason).toContain('2 of 6 rows');
  });

  it('fails a column or a target without any value, whatever the limit', () => {
    const blind = datasetOf(
      ['a', 'b'],
      [
        {
          unit: 'A',
          columns: [
            [1, 2],
            [NaN, NaN],
          ],
          target: [NaN, NaN],
        },
      ],
    );
    const result = only(blind, { missingValues: { maxShare: 1 } });
    expect(result.status).toBe('failed');
    expect(result.reason).toMatch(/^no value at all in "b", "y"; /);
  });
});

describe('data.outliers', () => {
  const rng = createRng(5);
  const noise = Array.from({ length: 200 }, () => 50 + 2 * normal(rng));

  it('finds planted spikes, wherever they push the mean', () => {
    const spiked = noise.map((value, t) => (t === 10 || t === 199 ? 1e6 : value));
    const result = only(datasetOf(['a'], [{ unit: 'F-9', columns: [spiked], target: noise }]), {
      outliers: { maxShare: 0.005, robustSds: 6 },
    });
    expect(result.status).toBe('failed');
    expect(result.measurements[0]?.value).toBe(0.01);
    expect(result.measurements[1]?.value).toBe('unit "F-9" row 11: 1000000; unit "F-9" row 200: 1000000');
  });

  it('finds none in normal noise, at the same place and scale in any unit', () => {
    for (const scale of [1, 1e-6, 1e6]) {
      const scaled = noise.map((value) => value * scale);
      const dataset = datasetOf(['a'], [{ unit: 'u', columns: [scaled], target: noise }]);
      expect(only(dataset, { outliers: { maxShare: 0, robustSds: 6 } }).status).toBe('passed');
    }
  });

  it('takes the mean deviation where more than half of the values are equal', () => {
    const mostlyZero = noise.map((_, t) => (t % 10 === 0 ? 1 : 0));
    const dataset = datasetOf(['a'], [{ unit: 'u', columns: [mostlyZero], target: noise }]);
    // mean deviation 0.1, so one robust standard deviation is 0.125: the ones lie 8 of them away
    expect(only(dataset, { outliers: { maxShare: 0.05, robustSds: 6 } }).status).toBe('failed');
    expect(only(dataset, { outliers: { maxShare: 0.05, robustSds: 9 } }).status).toBe('passed');
  });

  it('is an error, not a pass, for a column without values; a constant column has none', () => {
    const dataset = datasetOf(
      ['a', 'b'],
      [
        {
          unit: 'u',
          columns: [
            [3, 3],
            [NaN, NaN],
          ],
          target: [1, 2],
        },
      ],
    );
    const result = only(dataset, { outliers: { maxShare: 0, robustSds: 6 } });
    expect(result).toMatchObject({ status: 'error', reason: 'no outliers in 1 column; could not be measured: b' });
  });
});

describe('data.constant_columns', () => {
  it('names constant columns and their value', () => {
    const dataset = datasetOf(
      ['a', 'b'],
      [
        {
          unit: 'u',
          columns: [
            [3, 3, NaN],
            [1, 2, 3],
          ],
          target: [1, 2, 3],
        },
      ],
    );
    const result = only(dataset, { constantColumns: {} });
    expect(result).toMatchObject({ status: 'failed', reason: '1 constant column: "a"' });
    expect(result.measurements).toEqual([{ name: 'a', value: 'always 3', unit: 'kN' }]);
  });

  it('passes where every column moves, and is an error where one has no value', () => {
    const moving = datasetOf(['a'], [{ unit: 'u', columns: [[3, 4]], target: [1, 2] }]);
    expect(only(moving, { constantColumns: {} }).status).toBe('passed');
    const blind = datasetOf(['a'], [{ unit: 'u', columns: [[NaN, NaN]], target: [1, 2] }]);
    expect(only(blind, { constantColumns: {} }).status).toBe('error');
  });
});

describe('data.value_ranges', () => {
  const dataset = datasetOf(['torque'], [{ unit: 'u', columns: [[0, 40, 41, NaN]], target: [-1, 2, 3, 4] }]);

  it('finds values outside; bounds belong to the range and missing values to another rule', () => {
    const result = only(dataset, { valueRanges: { columns: { torque: { min: 0, max: 40 } } } });
    expect(result).toMatchObject({
      status: 'failed',
      reason: '1 column beyond the limit; "torque" has values out of range in 1 of 4 rows (25 %, limit 0 %)',
    });
    expect(result.measurements[1]?.value).toBe('unit "u" row 3: 41');
    expect(only(dataset, { valueRanges: { columns: { torque: { min: 0, max: 41 } } } }).status).toBe('passed');
  });

  it('looks at the target too, and at one bound alone', () => {
    expect(only(dataset, { valueRanges: { columns: { y: { min: 0 } } } }).status).toBe('failed');
    expect(only(dataset, { valueRanges: { columns: { y: { max: 4 } } } }).status).toBe('passed');
  });

  it('is an error for a column the data lack', () => {
    const result = only(dataset, { valueRanges: { columns: { torqe: { min: 0 } } } });
    expect(result).toMatchObject({ status: 'error' });
    expect(result.reason).toContain('could not be measured: torqe');
  });
});

describe('data.monotone', () => {
  const life = (target: readonly number[]): SensorDataset =>
    datasetOf(
      ['depth'],
      [
        { unit: 'A', columns: [[1, 2, 3]], target: [3, 2, 1] },
        { unit: 'B', columns: [[1, 2, 3]], target },
      ],
      'remaining-useful-life',
    );

  it('lets remaining life fall or rest within a unit, and jump between units', () => {
    expect(only(life([9, 9, 8]), { monotone: { columns: {} } }).status).toBe('passed');
  });

  it('finds remaining life that rises', () => {
    const result = only(life([9, 8, 8.5]), { monotone: { columns: {} } });
    expect(result).toMatchObject({ check: 'data.monotone', status: 'failed' });
    expect(result.measurements[1]?.value).toBe('unit "B" row 3: 8.5');
  });

  it('holds named columns to their direction', () => {
    expect(only(life(countdown(3)), { monotone: { columns: { depth: 'rising' } } }).status).toBe('passed');
    expect(only(life(countdown(3)), { monotone: { columns: { depth: 'falling' } } }).status).toBe('failed');
    expect(only(life(countdown(3)), { monotone: { columns: { deep: 'rising' } } }).status).toBe('error');
  });

  it('says nothing where no column has a direction', () => {
    const rate = datasetOf(['a'], [{ unit: 'u', columns: [wave(3)], target: wave(3) }]);
    expect(checkDataQuality(rate, { monotone: { columns: {} } })).toEqual([]);
  });

  it('follows a unit over two segments', () => {
    const parts: Rows[] = [
      { unit: 'A', columns: [[1]], target: [1] },
      { unit: 'A', columns: [[1]], target: [2] },
    ];
    expect(only(datasetOf(['a'], parts, 'remaining-useful-life'), { monotone: { columns: {} } }).status).toBe('failed');
  });
});
