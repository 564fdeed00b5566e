import { describe, expect, it } from 'vitest';
import { errorText } from './error-text.js';

describe('errorText()', () => {
  it('is name and message of an error, and the text of anything else', () => {
    expect(errorText(new TypeError('no data'))).toBe('TypeError: no data');
    expect([undefined, 'a', Symbol('b')].map(errorText)).toEqual(['undefined', 'a', 'Symbol(b)']);
  });

  it('is a text also of what has none', () => {
    expect(errorText(Object.create(null))).toContain('without a text');
  });

  it('is cut to the length of a tag, and never has half a character', () => {
    const text = errorText(new Error('a' + '😀'.repeat(3000)));
    expect(text).toHaveLength(5000);
    expect(encodeURIComponent(text)).toContain('%F0%9F%98%80');
    expect(errorText('a\ud800b😀')).toBe('a\ufffdb😀');
  });
});
