import { dirname, join } from 'node:path';
import { temporaryPath } from '../fs/store-files.js';
import { experimentFolders } from './experiment-folder.js';
import { trashFolder } from './layout.js';
import type { StoreContext } from './store-context.js';

/**
 * Does work with a path below a new folder, which is removed afterwards. The folder lies in an experiment: there MLflow passes over one that a crash
 * leaves, while in the registry, in the trash and in the root it fails at one that it does not understand.
 */
export async function withWorkFolder<T>(context: StoreContext, work: (path: string) => Promise<T>): Promise<T> {
  const [experiment] = experimentFolders(context).filter(({ isInTrash }) => !isInTrash);
  const parent = experiment?.path ?? join(context.root, trashFolder);
  const path = join(temporaryPath(parent), 'content');
  await context.files.makeFolder(dirname(path));
  try {
    return await work(path);
  } finally {
    await context.files.remove(dirname(path));
  }
}
