import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ilikeMatcher, likeMatcher } from './like.js';

/** The definition, slowly: what a text begins with decides what must follow. */
function isLike(text: string, pattern: string): boolean {
  const [first, ...rest] = Array.from(pattern);
  if (first === undefined) return text === '';
  if (first === '%') return isLike(text, rest.join('')) || (text !== '' && isLike(withoutFirst(text), pattern));
  const [character] = Array.from(text);
  return character !== undefined && (first === '_' || first === character) && isLike(withoutFirst(text), rest.join(''));
}

function withoutFirst(text: string): string {
  return Array.from(text).slice(1).join('');
}

const text = fc.string({ unit: fc.constantFrom('a', 'B', '.', '*', '[', '\\', '\n', 'é', '😀'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'B', '.', '*', '\\', '\n', '😀', '%', '_'), maxLength: 6 });

it('likeMatcher() agrees with the definition of LIKE', () => {
  fc.assert(
    fc.property(text, pattern, (own, like) => likeMatcher(like)(own) === isLike(own, like)),
    { seed: 1 },
  );
});

it('ilikeMatcher() ignores the case of ASCII letters only, as SQLite does', () => {
  expect(ilikeMatcher('BIG_é%')('big é!')).toBe(true);
  expect(ilikeMatcher('É')('é')).toBe(false);
});
