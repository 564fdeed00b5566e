import { explainedFileFault, explainingFileFaults } from '../artifacts/file-fault.js';

/** What `work` gives; a fault of the disk of the spool becomes MLFLOW_FILE_SYSTEM. */
export function onSpoolDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return explainingFileFaults(action(folder), work);
}

/** The same, before it returns. */
export function onSpoolDiskSync<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainedFileFault(action(folder), error);
  }
}

function action(folder: string): string {
  return `keep what is logged in "${folder}"`;
}
