import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { unitGroups } from './unit-groups.js';
import type { IndexedUnit } from './unit-index.js';

const unit = (name: string, rows: number, windows = rows): IndexedUnit => {
  return { unit: name, rows, windows, first: 0, last: 0 };
};
const names = (groups: readonly (readonly IndexedUnit[])[]): string[][] =>
  groups.map((group) => group.map(({ unit: name }) => name));

describe('unitGroups()', () => {
  it('fills groups in order up to the buffer, and gives a larger unit a group of its own', () => {
    const units = [unit('a', 3), unit('b', 2), unit('c', 9), unit('d', 1), unit('e', 5, 0), unit('f', 5)];
    expect(names(unitGroups(units, 5))).toEqual([['a', 'b'], ['c'], ['d'], ['f']]);
  });

  it('draws runs of neighbours into groups: every unit once, never more rows than the buffer', () => {
    const units = Array.from({ length: 500 }, (_, i) => unit(`u${i}`, 1 + (i % 5)));
    const groups = unitGroups(units, 160, createRng(1)); // runs of at most 20 rows
    expect(groups.flat().map(({ unit: name }) => name).sort()).toEqual(units.map(({ unit: name }) => name).sort()); // prettier-ignore
    for (const group of groups) expect(group.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(160);
    const places = groups[0]!.map(({ unit: name }) => Number(name.slice(1)));
    const jumps = places.filter((place, i) => i > 0 && place !== places[i - 1]! + 1).length;
    expect(jumps).toBeGreaterThan(5); // from many places …
    expect(jumps).toBeLessThan(places.length / 2); // … in runs
    expect(names(unitGroups(units, 160, createRng(1)))).toEqual(names(groups));
    expect(names(unitGroups(units, 160, createRng(2)))).not.toEqual(names(groups));
  });

  it('gives no group for no window', () => {
    expect(unitGroups([unit('a', 3, 0)], 5, createRng(1))).toEqual([]);
  });
});
