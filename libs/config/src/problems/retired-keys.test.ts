import { describe, expect, it } from 'vitest';
import { fileKeySchema, schemaAt } from './key-schema.js';
import { retiredKeyHint, retiredKeyPaths } from './retired-keys.js';

describe('retiredKeyHint()', () => {
  it('speaks only of keys that are gone, each in a mapping that is still there', () => {
    const root = fileKeySchema();
    for (const path of retiredKeyPaths) {
      expect(schemaAt(root, path.split('.')), path).toBeUndefined();
      expect(schemaAt(root, path.split('.').slice(0, -1))?.properties, path).toBeDefined();
    }
  });

  it('says nothing of other keys', () => {
    expect(retiredKeyHint('training.models.ppo')).toContain('known: lstm');
    expect(retiredKeyHint('training.seed')).toBeUndefined();
    expect(retiredKeyHint('constructor')).toBeUndefined();
  });
});
