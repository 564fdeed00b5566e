import { describe, expect, it } from 'vitest';
import { parseModelUri } from './model-uri.js';

describe('parseModelUri()', () => {
  it.each([
    ['models:/bit-life/12', { version: '12' }],
    ['models:/bit-life@production', { alias: 'production' }],
    ['models:/bit-life/Production', { stage: 'Production' }],
    ['models:/bit-life/archived', { stage: 'Archived' }],
  ])('reads %s', (uri, selector) => {
    expect(parseModelUri(uri)).toEqual({ name: 'bit-life', selector });
  });

  it.each([
    'models:/bit-life',
    'models:/bit-life/latest',
    'models:/bit-life/0',
    'models:/bit-life/-1',
    'models:/bit-life/',
    'models:/bit-life@',
    'models:/@production',
    'models:/bit-life/1/model.onnx',
    'models:bit-life/1',
    'runs:/abc/model',
    '',
  ])('refuses "%s", which names no version', (uri) => {
    expect(() => parseModelUri(uri)).toThrow(
      expect.objectContaining({ code: 'REGISTRY_INVALID_URI', details: { uri } }),
    );
  });
});
