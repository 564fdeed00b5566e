import { describe, expect, it } from 'vitest';
import { nearest } from './suggestion.js';

describe('nearest()', () => {
  it.each([
    ['learning_rat', 'learning_rate'],
    ['learningRate', 'learning_rate'],
    ['Learning-Rate', 'learning_rate'],
    ['epoch', 'epochs'],
  ])('takes %j for %j', (word, expected) => {
    expect(nearest(word, ['epochs', 'learning_rate'])).toBe(expected);
  });

  it('does not guess at a word that is like none', () => {
    expect(nearest('zebra', ['epochs', 'learning_rate'])).toBeUndefined();
    expect(nearest('a', [])).toBeUndefined();
  });
});
