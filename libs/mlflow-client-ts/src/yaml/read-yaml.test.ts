import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.js';
import { writeYaml } from './write-yaml.js';

describe('readYaml()', () => {
  it('reads the scalars that PyYAML writes', () => {
    const text = [
      '# a comment',
      "experiment_id: '0'",
      'count: 12',
      'share: 0.5',
      'huge: 123456789012345678901',
      'nothing: null',
      'empty:',
      "text: ''",
      'yes: true',
      'digest: 1e5',
      'url: file:///a/b#c',
      '"quoted: key": v',
      '',
    ].join('\n');
    expect(readYaml(text)).toEqual({
      experiment_id: '0',
      count: 12,
      share: 0.5,
      huge: '123456789012345678901',
      nothing: null,
      empty: null,
      text: '',
      yes: true,
      digest: '1e5',
      url: 'file:///a/b#c',
      'quoted: key': 'v',
    });
  });

  it('reads nested mappings and lists, and goes on after them', () => {
    const text = 'tags:\n  a.b: training\n  c: "x"\nitems:\n- one\n- 2\nlist: []\nmap: {}\nlast: z\n';
    expect(readYaml(text)).toEqual({
      tags: { 'a.b': 'training', c: 'x' },
      items: ['one', 2],
      list: [],
      map: {},
      last: 'z',
    });
  });

  it('joins folded lines of plain and quoted texts', () => {
    const text = [
      'plain: one two',
      '  three',
      "single: 'it''s",
      '',
      '  next',
      '',
      "  '",
      'double: "tab\\there \\',
      '  \\  kept',
      '',
      '  end \\U0001F600\\x07"',
      'last: 1',
    ].join('\n');
    expect(readYaml(text)).toEqual({
      plain: 'one two three',
      single: "it's\nnext\n",
      double: 'tab\there   kept\nend 😀\x07',
      last: 1,
    });
  });

  it('reads JSON', () => {
    expect(readYaml('{"name": "a", "tags": {"b": "c"}}')).toEqual({ name: 'a', tags: { b: 'c' } });
  });

  it.each([
    ['a: 1\n???\n', 'line 2'],
    ['text: |\n  block\n', 'line 1'],
    ['a: "open\n', 'line'],
    ['{"a": ', 'JSON'],
  ])('says where it does not understand %j', (text, where) => {
    expect(() => readYaml(text)).toThrow(where);
    expect(() => readYaml(text)).toThrow(SyntaxError);
  });
});

describe('writeYaml()', () => {
  it('writes what readYaml() reads back, for any texts and whole numbers', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), value), (mapping) => {
        expect(readYaml(writeYaml(mapping))).toEqual({ ...mapping });
      }),
      { numRuns: 30 },
    );
  });

  it('writes numbers that YAML 1.1 takes for numbers', () => {
    expect(writeYaml([1e-7, 1e21, 0.5, -3, 1.5e-9])).toBe('[\n  1.0e-7,\n  1.0e+21,\n  0.5,\n  -3,\n  1.5e-9\n]\n');
    expect(writeYaml([NaN, Infinity, -Infinity])).toBe('[\n  .nan,\n  .inf,\n  -.inf\n]\n');
  });

  it('escapes what YAML would take for a line break or refuse', () => {
    expect(writeYaml('a\u2028b\x85c\x7f\ufeff😀')).toBe('"a\\u2028b\\u0085c\\u007f\\ufeff😀"\n');
  });
});
