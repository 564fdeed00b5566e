import { describe, expect, it } from 'vitest';
import { localPathOf } from './local-path.js';

describe('localPathOf()', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['file:///a/b%20c', '/a/b c'],
    ['file:/a', '/a'],
    ['file://localhost/a', '/a'],
    ['file://host/a', undefined],
    ['mlflow-artifacts:/a', undefined],
    ['s3://bucket/a', undefined],
    ['', undefined],
  ])('of %j is %j', (uri, path) => {
    expect(localPathOf(uri)).toBe(path);
  });

  it.each(['file:///a%2F..', 'file:///%zz', 'file://%zz/a'])('refuses %j, which others may read as a path', (uri) => {
    expect(() => localPathOf(uri)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  });
});
