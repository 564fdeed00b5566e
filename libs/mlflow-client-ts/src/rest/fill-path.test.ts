import { describe, expect, it } from 'vitest';
import { fillPath } from './fill-path.js';

describe('fillPath()', () => {
  it('encodes every value as one segment', () => {
    expect(fillPath('/models/{id}/tags/{key}', { id: 'm-1', key: 'a/b ü?' })).toBe(
      '/models/m-1/tags/a%2Fb%20%C3%BC%3F',
    );
  });

  it('refuses a missing value', () => {
    expect(() => fillPath('/models/{id}', {})).toThrow('no value for "id"');
  });
});
