import { describe, expect, it } from 'vitest';
import { closestName } from './closest-name.js';
import { headerNames } from './header-names.js';

describe('headerNames()', () => {
  it('splits at the delimiter, not inside quotes', () => {
    expect(headerNames('a, b ,"c, d","say ""e"""\r', ',')).toEqual(['a', 'b', 'c, d', 'say "e"']);
    expect(headerNames('a b\tc,d', '\t')).toEqual(['a b', 'c,d']);
  });

  it('leaves out a byte-order mark and names a nameless column by its place', () => {
    expect(headerNames('\uFEFFdepth,,rop', ',')).toEqual(['depth', 'column1', 'rop']);
    expect(headerNames('depth\t', '\t')).toEqual(['depth', 'column1']);
  });
});

describe('closestName()', () => {
  it('finds a name with a typo or other capitals', () => {
    expect(closestName('torque', ['flow', 'Torqe', 'depth'])).toBe('Torqe');
    expect(closestName('ROP', ['rop', 'rpm'])).toBe('rop');
  });

  it('finds nothing where nothing is near', () => {
    expect(closestName('torque', ['flow', 'depth'])).toBeUndefined();
    expect(closestName('torque', [])).toBeUndefined();
  });
});
