import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { orIfMissing } from '../../fs/missing-file.js';
import { packedRef, remoteUrlOf } from './git-config.js';
import { publicRemoteUrl } from './remote-url.js';

/** What is checked out. */
export interface GitCheckout {
  /** Absent before the first commit. */
  readonly commit?: string;
  /** Absent when no branch is checked out. */
  readonly branch?: string;
  /** Without user, password, query and fragment. */
  readonly repoUrl?: string;
}

/** Reads what is checked out around a folder, from the files of git: no git program is needed. `undefined` outside of any checkout. */
export async function readGitCheckout(folder: string): Promise<GitCheckout | undefined> {
  const gitFolder = await findGitFolder(resolve(folder));
  const head = gitFolder === undefined ? undefined : await readText(join(gitFolder, 'HEAD'));
  if (gitFolder === undefined || head === undefined) return undefined;
  // A worktree has a HEAD of its own; branches and configuration lie in the folder of the repository.
  const shared = resolve(gitFolder, (await readText(join(gitFolder, 'commondir'))) ?? '.');
  const url = remoteUrlOf((await readText(join(shared, 'config'))) ?? '');
  return {
    ...(await readHead(head, [gitFolder, shared])),
    ...(url !== undefined && { repoUrl: publicRemoteUrl(url) }),
  };
}

async function readHead(head: string, folders: readonly string[]): Promise<GitCheckout> {
  const ref = /^ref: (.*)$/.exec(head)?.[1];
  const commit = ref === undefined ? head : await readRef(ref, folders);
  // Repositories that keep their refs in tables have ".invalid" here.
  const branch = /^refs\/heads\/(?!\.invalid$)(.*)$/.exec(ref ?? '')?.[1];
  return { ...(isCommit(commit) && { commit }), ...(branch !== undefined && { branch }) };
}

async function findGitFolder(folder: string): Promise<string | undefined> {
  const path = join(folder, '.git');
  const found = await orIfMissing(stat(path), undefined);
  if (found?.isDirectory() === true) return path;
  if (found !== undefined) return gitFolderOfFile(path);
  const parent = dirname(folder);
  return parent === folder ? undefined : findGitFolder(parent);
}

/** Worktrees and submodules have a file `.git` that says where the folder is. */
async function gitFolderOfFile(path: string): Promise<string | undefined> {
  const target = /^gitdir: (.*)$/.exec((await readText(path)) ?? '')?.[1];
  return target === undefined ? undefined : resolve(dirname(path), target);
}

async function readRef(ref: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const loose = await readText(join(folder, ref));
    const commit = loose ?? packedRef((await readText(join(folder, 'packed-refs'))) ?? '', ref);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

function isCommit(text: string | undefined): text is string {
  return text !== undefined && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text);
}

async function readText(path: string): Promise<string | undefined> {
  return (await orIfMissing(readFile(path, 'utf8'), undefined))?.trim();
}
