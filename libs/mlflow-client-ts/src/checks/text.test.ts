import { describe, expect, it } from 'vitest';
import { assertText } from './text.js';

const invalid = expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' });

describe('assertText()', () => {
  it('takes every text, with characters beyond the first 65 536 as well', () => {
    for (const text of ['', 'a\r\nb\0', '\u2028', '😀', '中']) assertText('value of tag "a"', text);
    expect(() => {
      assertText('value of tag "a"', 5);
    }).toThrow(invalid);
  });

  it('refuses half of a character, of which a server makes an empty text', () => {
    for (const text of ['x\ud83d', '\ude00x', '😀'.slice(1)]) {
      expect(() => {
        assertText('value of tag "a"', text);
      }).toThrow(invalid);
    }
  });
});
