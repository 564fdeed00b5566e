import { describe, expect, it } from 'vitest';
import { assertArtifactPath } from './artifact-path.js';

describe('assertArtifactPath()', () => {
  it.each(['a', 'a/b.txt', 'ü 100 %', 'a?b&c=d;e', '…/...', '😀'])('takes %j', (path) => {
    expect(() => {
      assertArtifactPath(path);
    }).not.toThrow();
  });

  it.each(['', '/a', 'a/', 'a//b', './a', 'a/..', '../a', 'a\\b', 'a#b', 'a\0b', '%2e%2e/a', '\ud83d'])(
    'refuses %j',
    (path) => {
      expect(() => {
        assertArtifactPath(path);
      }).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    },
  );
});
