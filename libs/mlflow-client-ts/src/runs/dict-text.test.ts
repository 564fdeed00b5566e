import { describe, expect, it } from 'vitest';
import { readYaml } from '../yaml/read-yaml.js';
import { dictText } from './dict-text.js';

describe('dictText()', () => {
  it('writes JSON, indented, for any name but those of YAML', () => {
    expect(dictText('a.json', { b: [1, NaN] })).toBe('{\n  "b": [\n    1,\n    "NaN"\n  ]\n}\n');
    expect(dictText('a', { b: 1 })).toBe('{\n  "b": 1\n}\n');
  });

  it.each(['a.yaml', 'a.YML'])('writes YAML for %s, in which Python reads small numbers as numbers', (path) => {
    const text = dictText(path, { rate: 1e-7, note: 'a: b' });
    expect(text).toContain('1.0e-7');
    expect(readYaml(text)).toEqual({ rate: 1e-7, note: 'a: b' });
  });
});
