import { describe, expect, it } from 'vitest';
import { parseArms, type RouterArm } from './router-arm.js';

const stable: RouterArm = { id: 'a', role: 'stable', version: '1', url: 'http://127.0.0.1:1', share: 0.9 };
const candidate: RouterArm = { id: 'b', role: 'candidate', version: '2', url: 'http://127.0.0.1:2', share: 0.1 };

describe('parseArms()', () => {
  it('takes shares that add up to 1, all of them 0, and no arm at all', () => {
    expect(parseArms([stable, candidate])).toEqual([stable, candidate]);
    expect(parseArms([{ ...stable, share: 0 }])).toHaveLength(1);
    expect(parseArms([])).toEqual([]);
  });

  it.each([
    ['no list', {}, 'the arms must be a list'],
    ['a share too much', [stable, { ...candidate, share: 0.2 }], 'the shares add up to 1.1'],
    ['a negative share', [{ ...stable, share: -1 }], 'arm "a" needs a share in [0, 1]'],
    ['a share that is no number', [{ ...stable, share: '1' }], 'arm "a" needs a share in [0, 1]'],
    ['an id twice', [stable, { ...candidate, id: 'a' }], 'the id "a" is given twice'],
    ['a role twice', [stable, { ...candidate, role: 'stable' }], 'the role "stable" is given twice'],
    ['an unknown role', [{ ...stable, role: 'shadow' }], 'arm "a" needs a role'],
    ['a url with a path', [{ ...stable, url: 'http://h/x' }], 'arm "a" needs an http(s) origin'],
    ['a url of another kind', [{ ...stable, url: 'file:///etc' }], 'arm "a" needs an http(s) origin'],
    ['no version', [{ ...stable, version: 1 }], 'arm "a" needs a version as text'],
    ['no id', [{ ...stable, id: '' }], 'an arm needs an id'],
    ['an arm that is no object', [null], 'an arm must be an object'],
  ])('refuses %s', (_, arms, problem) => {
    expect(() => parseArms(arms)).toThrow(problem);
    expect(() => parseArms(arms)).toThrow(expect.objectContaining({ code: 'SERVING_INVALID_ARMS' }) as Error);
  });
});
