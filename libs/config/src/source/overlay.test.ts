import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { plainValue, type ConfigMapping } from './config-node.js';
import { overlay } from './overlay.js';
import { parseConfig } from './parse-config.js';

interface Tree {
  [key: string]: Tree | number;
}

const tree = fc.letrec<{ tree: Tree; value: Tree | number }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { depthIdentifier: 'tree' }),
  value: fc.oneof({ depthIdentifier: 'tree', depthSize: 'small' }, fc.integer(), tie('tree')),
})).tree;

function mappingOf(value: Tree): ConfigMapping {
  return parseConfig(stringify(value), 'x.yaml').root;
}

function isTree(value: Tree | number | undefined): value is Tree {
  return typeof value === 'object';
}

/** The slow plain version: which value stands at a path is decided leaf by leaf. */
function merged(base: Tree, top: Tree): Tree {
  const result: Tree = { ...base };
  for (const key of Object.keys(top)) {
    const [below, above] = [base[key], top[key]!];
    result[key] = isTree(below) && isTree(above) ? merged(below, above) : above;
  }
  return result;
}

describe('overlay()', () => {
  it('merges mappings and replaces anything else, at any depth', () => {
    fc.assert(
      fc.property(tree, tree, (base, top) => {
        expect(plainValue(overlay(mappingOf(base), mappingOf(top)))).toEqual(merged(base, top));
      }),
    );
  });

  it('keeps the place of each key', () => {
    const base = parseConfig('a: 1\nb: 2\n', 'base.yaml').root;
    const entries = overlay(base, parseConfig('b: 3\n', 'top.yaml').root).entries;
    expect(entries.get('a')?.keyPosition).toEqual({ file: 'base.yaml', line: 1, column: 1 });
    expect(entries.get('b')?.node.position).toEqual({ file: 'top.yaml', line: 1, column: 4 });
  });
});
