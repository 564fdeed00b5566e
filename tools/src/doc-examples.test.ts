import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asChecks, docExamples } from './doc-examples.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'tools/.generated');
const examples = docExamples(root);

describe('asChecks()', () => {
  it('turns a promised value into a check', () => {
    expect(asChecks('f(1); // => 2')).toBe('expectSame(f(1), 2);');
  });

  it('leaves other statements alone', () => {
    expect(asChecks('const a = 1;\nconst b = a + 1; // => 2')).toBe(
      'const a = 1;\nconst b = a + 1;\nexpectSame(b, 2);',
    );
  });
});

describe('examples in doc comments', () => {
  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  it('exist', () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(examples.map((example, i) => ({ ...example, i })))('$where', async ({ code, i }) => {
    expect(code, 'an example promises a value').toContain('// =>');
    const file = join(folder, `example-${i}.ts`);
    const header =
      "import { expect } from 'vitest';\nconst expectSame = (a: unknown, b: unknown) => expect(a).toEqual(b);\n";
    writeFileSync(file, `${header}${asChecks(code)}\nexport {};\n`);
    await import(file);
  });
});
