import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLinked, makeLink } from './links.js';
import { temporaryFolder } from './temporary-folder.js';

describe('makeLink()', () => {
  it('makes a link that isLinked() sees, in folders that were not there', () => {
    const folder = temporaryFolder();
    const link = { from: join(folder, 'a/b/link'), to: join(folder, 'target') };
    writeFileSync(link.to, '');
    expect(isLinked(link)).toBe(false);
    makeLink(link);
    expect(isLinked(link)).toBe(true);
  });

  it('takes the place of what was there', () => {
    const folder = temporaryFolder();
    const link = { from: join(folder, 'link'), to: folder };
    mkdirSync(join(link.from, 'full'), { recursive: true });
    makeLink(link);
    expect(isLinked(link)).toBe(true);
  });
});

describe('isLinked()', () => {
  it('is false for a link to something else and for one that leads nowhere', () => {
    const folder = temporaryFolder();
    const link = { from: join(folder, 'link'), to: join(folder, 'gone') };
    makeLink(link);
    expect(isLinked(link)).toBe(false);
    expect(isLinked({ ...link, to: folder })).toBe(false);
  });
});
