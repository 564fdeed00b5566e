import { expect, it } from 'vitest';
import { createHomes } from './homes.js';

it('homes are remembered, and the first forgotten when there are too many', () => {
  const homes = createHomes(2);
  homes.set('a', '/1');
  homes.set('b', '/2');
  expect(homes.get('a')).toBe('/1');
  homes.set('c', '/3');
  expect(['a', 'b', 'c'].map((id) => homes.get(id))).toEqual([undefined, '/2', '/3']);
});
