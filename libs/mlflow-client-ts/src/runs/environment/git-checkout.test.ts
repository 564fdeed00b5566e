import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readGitCheckout } from './git-checkout.js';

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-checkout-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const config =
  '[core]\n\tbare = false\n[remote "fork"]\n\turl = https://x/fork\n[remote "origin"]\n\turl = https://me:pw@x/a.git\n[branch "main"]\n\tremote = origin\n';

describe('readGitCheckout()', () => {
  it('reads branch, commit and remote from a folder below the checkout', async () => {
    write({
      '.git/HEAD': 'ref: refs/heads/feature/a\n',
      '.git/refs/heads/feature/a': `${commit}\n`,
      '.git/config': config,
    });
    write({ 'src/deep/main.js': '' });
    const checkout = { commit, branch: 'feature/a', repoUrl: 'https://x/a.git' };
    expect(await readGitCheckout(join(folder, 'src/deep'))).toEqual(checkout);
  });

  it('finds commits among packed refs, and takes a loose one first', async () => {
    const packed = `# pack-refs with: peeled fully-peeled sorted \n${other} refs/heads/main-2\n${commit} refs/heads/main\n`;
    write({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/packed-refs': packed });
    expect(await readGitCheckout(folder)).toEqual({ commit, branch: 'main' });
    write({ '.git/refs/heads/main': other });
    expect(await readGitCheckout(folder)).toEqual({ commit: other, branch: 'main' });
  });

  it('knows no branch when a commit is checked out by itself', async () => {
    write({ '.git/HEAD': `${commit}\n` });
    expect(await readGitCheckout(folder)).toEqual({ commit });
  });

  it('knows no commit before the first one', async () => {
    write({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '[core]\n' });
    expect(await readGitCheckout(folder)).toEqual({ branch: 'main' });
  });

  it('follows the file of a worktree to its own HEAD and the branches of the repository', async () => {
    write({
      'repo/.git/config': config,
      'repo/.git/HEAD': 'ref: refs/heads/main\n',
      'repo/.git/refs/heads/side': commit,
      'repo/.git/worktrees/side/HEAD': 'ref: refs/heads/side\n',
      'repo/.git/worktrees/side/commondir': '../..\n',
      'tree/.git': `gitdir: ${join(folder, 'repo/.git/worktrees/side')}\n`,
    });
    const checkout = { commit, branch: 'side', repoUrl: 'https://x/a.git' };
    expect(await readGitCheckout(join(folder, 'tree'))).toEqual(checkout);
  });

  it('takes the first remote when none is called origin', async () => {
    write({ '.git/HEAD': commit, '.git/config': '[remote "up"]\nurl = "git@h:a"\n[remote "b"]\nurl = c\n' });
    expect((await readGitCheckout(folder))?.repoUrl).toBe('git@h:a');
  });
});
