import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPackageFacts } from './package-facts.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-facts-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, content: object | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('readPackageFacts()', () => {
  it('tells the nearest package and the versions that are installed, also above it', async () => {
    const dependencies = { near: '^1.0.0', far: '^2.0.0', absent: 'git+https://token@h/x.git#main' };
    write('app/package.json', { name: 'app', version: '1.2.3', dependencies });
    write('app/node_modules/near/package.json', { version: '1.5.0' });
    write('node_modules/far/package.json', { version: '2.6.0' });
    mkdirSync(join(folder, 'app/src'));
    expect(await readPackageFacts(join(folder, 'app/src'))).toEqual({
      name: 'app',
      version: '1.2.3',
      dependencies: { near: '1.5.0', far: '2.6.0', absent: 'git+https://h/x.git' },
    });
  });

  it('passes by a package.json that names no package, and one that is broken', async () => {
    write('package.json', { name: 'outer' });
    write('a/package.json', { type: 'module' });
    write('a/b/package.json', '{');
    expect(await readPackageFacts(join(folder, 'a/b'))).toEqual({ name: 'outer', dependencies: {} });
  });
});
