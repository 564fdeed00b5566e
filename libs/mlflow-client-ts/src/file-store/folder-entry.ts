import { dirname, join } from 'node:path';
import { temporaryPath, type StoreFiles } from '../fs/store-files.js';
import { writeYaml } from '../yaml/write-yaml.js';
import { metaFile } from './layout.js';
import { readMetaSync, type Meta } from './meta.js';

/**
 * Makes a folder that has nothing but a description, unless it is there. It appears with it or not at all, because MLflow fails at one without.
 *
 * @param workFolder where an unfinished one may lie: MLflow must not list this folder
 */
export async function makeEntry(files: StoreFiles, target: string, meta: Meta, workFolder: string): Promise<void> {
  if (readMetaSync(target) !== undefined) return;
  const unfinished = temporaryPath(workFolder);
  await files.replace(join(unfinished, metaFile), writeYaml(meta));
  await files.makeFolder(dirname(target));
  try {
    await files.rename(unfinished, target);
  } catch (error) {
    await files.remove(unfinished);
    if (readMetaSync(target) === undefined) throw error; // else another process was first
  }
}
