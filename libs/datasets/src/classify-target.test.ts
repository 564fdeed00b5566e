import { describe, expect, it } from 'vitest';
import { classifyTarget } from './classify-target.js';
import { composeDataset } from './compose-dataset.js';

const dataset = composeDataset({
  name: 'bits',
  task: 'remaining-useful-life',
  features: [{ name: 'torque', unit: 'kN.m' }],
  target: { name: 'life', unit: 'h' },
  segments: [
    {
      unit: 'bit 1',
      rows: 5,
      features: Float64Array.of(1, 2, 3, 4, 5),
      target: Float64Array.of(31, 30, Number.NaN, 15.1, 15),
    },
  ],
  source: 'simulated',
  evaluateOn: 'last-row',
  anchorFeature: 0,
});

describe('classifyTarget()', () => {
  it('puts a bound into the class below it and leaves rows without a target without one', () => {
    const { segments, classes, target, task } = classifyTarget(dataset, { bounds: [15, 30] });
    expect(Array.from(segments[0]!.target)).toEqual([2, 1, Number.NaN, 1, 0]);
    expect(classes).toEqual(['up to 15', '15 to 30', 'above 30']);
    expect(target).toEqual({ name: 'life_class', unit: '-' });
    expect(task).toBe('window-class');
  });

  it('keeps everything but the target and its anchor, under a fingerprint of its own', () => {
    const classified = classifyTarget(dataset, { bounds: [15, 30] });
    expect(classified.segments[0]!.features).toBe(dataset.segments[0]!.features);
    expect(classified.evaluateOn).toBe('last-row');
    expect(classified).not.toHaveProperty('anchorFeature');
    const others = [dataset, classifyTarget(dataset, { bounds: [15, 29] }), named(['a', 'b', 'c'])];
    for (const other of others) expect(other.fingerprint).not.toBe(classified.fingerprint);
  });

  it('takes names', () => {
    expect(named(['bad', 'fair', 'good']).classes).toEqual(['bad', 'fair', 'good']);
  });

  it.each([[[]], [[3, 3]], [[3, 2]], [[Number.NaN]], [[1, Infinity]]])('refuses the bounds %j', (bounds) => {
    expect(() => classifyTarget(dataset, { bounds })).toThrow(
      new RangeError(`Cannot classify: the bounds are [${bounds.join(', ')}]; give finite numbers that rise`),
    );
  });

  it.each([[['a', 'b']], [['a', 'b', 'b']], [['a', 'b', '']]])('refuses the names %j', (names) => {
    expect(() => named(names)).toThrow(/Cannot classify: the names are .*; give 3 that differ, one per class/);
  });

  it('refuses what is of classes already', () => {
    expect(() => classifyTarget(named(['a', 'b', 'c']), { bounds: [1] })).toThrow(
      new RangeError('Cannot classify "bits": its target is a class already'),
    );
  });

  function named(names: readonly string[]): ReturnType<typeof classifyTarget> {
    return classifyTarget(dataset, { bounds: [15, 30], names });
  }
});
