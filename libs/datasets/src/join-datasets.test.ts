import { describe, expect, it } from 'vitest';
import { joinDatasets } from './join-datasets.js';
import { selectUnits } from './select-units.js';
import { segment, smallDataset } from './testing/small-dataset.js';

const old = smallDataset([segment('a', 2), segment('b', 3)], { evaluateOn: 'last-row' });

describe('joinDatasets()', () => {
  it('keeps the segments of both in order and takes a unit of both for one', () => {
    const joined = joinDatasets(
      old,
      smallDataset([segment('b', 1), segment('c', 1)], { name: 'new', source: 'new.csv' }),
    );
    expect(joined.segments.map(({ unit, rows }) => [unit, rows])).toEqual([['a', 2], ['b', 3], ['b', 1], ['c', 1]]); // prettier-ignore
    expect(joined).toMatchObject({ name: 'small+new', source: 'simulated, new.csv', evaluateOn: 'last-row' });
    expect(joined.fingerprint).not.toBe(old.fingerprint);
  });

  it('refuses another schema and says what differs', () => {
    const segments = [segment('c', 1)];
    const others = [
      [smallDataset(segments, { task: 'rate-of-penetration' }), 'tasks'],
      [smallDataset(segments, { target: { name: 'life', unit: 'min' } }), '"life" [h] and "life" [min]'],
      [smallDataset(segments, { features: [...old.features].reverse() }), 'features'],
      [smallDataset(segments, { anchorFeature: 1 }), 'anchors'],
      [smallDataset(segments, { conditionFeatures: [1] }), 'condition features'],
      [smallDataset(segments, { classes: ['fine', 'kick'] }), 'classes'],
    ] as const;
    for (const [other, difference] of others) {
      expect(() => joinDatasets(old, other)).toThrow(
        expect.objectContaining({ code: 'DATASET_COLUMNS', message: expect.stringContaining(difference) }),
      );
    }
  });
});

describe('selectUnits()', () => {
  it('keeps all segments of the named units', () => {
    const joined = joinDatasets(old, smallDataset([segment('b', 1), segment('c', 1)]));
    const selected = selectUnits(joined, ['c', 'b']);
    expect(selected.segments.map(({ unit }) => unit)).toEqual(['b', 'b', 'c']);
    expect(selected.fingerprint).not.toBe(joined.fingerprint);
  });

  it('refuses a unit that is not there, and names those that are', () => {
    expect(() => selectUnits(old, ['a', 'z'])).toThrow(
      expect.objectContaining({
        code: 'DATASET_UNKNOWN_SUBSET',
        message: 'Cannot select units of "small": it has no unit "z"; its units are a, b',
      }),
    );
  });

  it('refuses to select nothing', () => {
    expect(() => selectUnits(old, [])).toThrow(expect.objectContaining({ code: 'DATASET_TOO_FEW_UNITS' }));
  });

  it('does not list hundreds of units', () => {
    const many = smallDataset(Array.from({ length: 100 }, (_, i) => segment(`u${i}`, 1)));
    expect(() => selectUnits(many, ['z'])).toThrow(/u11, and 88 more$/);
  });
});
