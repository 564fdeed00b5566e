import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asChecks, docExamples, readmeExamples } from './doc-examples.js';

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

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

async function runExample(name: string, code: string): Promise<void> {
  const file = join(folder, `${name}.ts`);
  const header =
    "import { expect } from 'vitest';\nconst expectSame = (a: unknown, b: unknown) => expect(a).toEqual(b);\n";
  writeFileSync(file, `${header}${asChecks(code)}\nexport {};\n`);
  await import(file);
}

describe('examples in doc comments', () => {
  it('exist', () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(examples.map((example, i) => ({ ...example, i })))('$where', async ({ code, i }) => {
    expect(code, 'an example promises a value').toContain('// =>');
    await runExample(`example-${i}`, code);
  });
});

describe('examples in READMEs', () => {
  const home = process.cwd();
  let workplace: string;
  beforeEach(() => {
    workplace = mkdtempSync(join(tmpdir(), 'readme-example-')); // what an example writes to its working directory
    process.chdir(workplace);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(workplace, { recursive: true });
  });

  it.each(readmeExamples(root).map((example, i) => ({ ...example, i })))('$where', async ({ code, i }) => {
    await runExample(`readme-${i}`, code);
  });
});
