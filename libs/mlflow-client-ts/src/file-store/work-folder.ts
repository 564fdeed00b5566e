import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ifPresent } from '../fs/missing-file.js';
import { isTemporary, temporaryPath } from '../fs/store-files.js';
import { experimentFolders } from './experiment-folder.js';
import { trashFolder } from './layout.js';
import { listFolders } from './list-folders.js';
import type { StoreContext } from './store-context.js';

const content = 'content';

/**
 * Does work with a path below a new folder, which is removed afterwards, under the lock of the registry: what a crash has left there is nobody's
 * then. The folder lies in an experiment: there MLflow passes over one that a crash leaves, while in the registry, in the trash and in the root it
 * fails at one that it does not understand.
 */
export async function withWorkFolder<T>(context: StoreContext, work: (path: string) => Promise<T>): Promise<T> {
  const [experiment] = experimentFolders(context).filter(({ isInTrash }) => !isInTrash);
  const parent = experiment?.path ?? join(context.root, trashFolder);
  await removeLeftovers(context, parent);
  const path = join(temporaryPath(parent), content);
  await context.files.makeFolder(dirname(path));
  try {
    return await work(path);
  } finally {
    await context.files.remove(dirname(path));
  }
}

async function removeLeftovers({ files }: StoreContext, parent: string): Promise<void> {
  for (const name of listFolders(parent).filter(isTemporary)) {
    const path = join(parent, name);
    const names = ifPresent(() => readdirSync(path)) ?? [];
    // Other work, under other locks, has folders of other things there.
    if (names.every((each) => each === content)) await files.remove(path);
  }
}
