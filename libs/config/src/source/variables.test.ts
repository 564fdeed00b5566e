import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substituteVariables, typedScalar } from './variables.js';

describe('substituteVariables()', () => {
  it.each([
    ['${A}', { A: 'x' }, 'x'],
    ['${A}-${B}', { A: 'x', B: 'y' }, 'x-y'],
    ['${A:-z}', {}, 'z'],
    ['${A:-z}', { A: '' }, 'z'],
    ['${A}', { A: '' }, ''],
    ['${A:-}', {}, ''],
    ['${A:-file:./mlruns}', {}, 'file:./mlruns'],
    ['${A:-a:-b}', {}, 'a:-b'],
    ['$A costs $5', { A: 'x' }, '$A costs $5'],
    ['$${A}', { A: 'x' }, '${A}'],
    ['${A}', { A: '${B}', B: 'y' }, '${B}'],
    ['${A}', { A: '$&' }, '$&'],
  ])('%j with %j is %j', (text, env, expected) => {
    expect(substituteVariables(text, env)).toMatchObject({ text: expected, missing: [] });
  });

  it('names each variable without value and default', () => {
    expect(substituteVariables('${A} ${B:-1} ${C}', {}).missing).toEqual(['A', 'C']);
  });

  it.each(['${}', '${A', '${A-b}', '${1}', '${A:b}'])('reports %j as malformed', (text) => {
    expect(substituteVariables(text, { A: 'x' }).malformed).toBe(text);
  });

  it('puts any value in unchanged', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        expect(substituteVariables('<${A:-no}>', { A: value }).text).toBe(`<${value}>`);
      }),
    );
  });
});

describe('typedScalar()', () => {
  it.each([
    ['8080', 8080],
    ['-1.5e3', -1500],
    ['true', true],
    ['null', null],
    ['', ''],
    ['yes', 'yes'],
    ['5 # not a comment of ours', '5 # not a comment of ours'],
    ['"5"', '"5"'],
    ['a: b', 'a: b'],
    ['[1]', '[1]'],
    ['http://mlflow:5000', 'http://mlflow:5000'],
  ])('%j is %j', (text, expected) => {
    expect(typedScalar(text)).toBe(expected);
  });
});
