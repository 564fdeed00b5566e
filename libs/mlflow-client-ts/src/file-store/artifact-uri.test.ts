import { describe, expect, it } from 'vitest';
import { absoluteUri, followedUri, uriBelow } from './artifact-uri.js';

describe('followedUri()', () => {
  const ownFolder = '/now/mlruns/.trash/7/abc/artifacts';

  it('follows a folder that was moved', () => {
    expect(followedUri('file:///then/7/abc/artifacts', ownFolder, 3)).toBe(`file://${ownFolder}`);
  });

  it('leaves what lies elsewhere', () => {
    expect(followedUri('file:///elsewhere/abc/artifacts', ownFolder, 3)).toBe('file:///elsewhere/abc/artifacts');
    expect(followedUri('s3://bucket/7/abc/artifacts', ownFolder, 3)).toBe('s3://bucket/7/abc/artifacts');
  });
});

describe('absoluteUri()', () => {
  it('makes a path a URI, and leaves a URI', () => {
    expect(absoluteUri('/data/a b')).toBe('file:///data/a%20b');
    expect(absoluteUri('s3://bucket/a')).toBe('s3://bucket/a');
    expect(absoluteUri('relative')).toMatch(/^file:\/\/\/.*\/relative$/);
  });
});

describe('uriBelow()', () => {
  it('joins folders with one slash', () => {
    expect(uriBelow('s3://bucket/a/', 'b', 'artifacts')).toBe('s3://bucket/a/b/artifacts');
  });
});
