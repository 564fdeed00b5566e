import { appendFile, mkdir, rename, rm } from 'node:fs/promises';
import { replaceFile } from '../fs/replace-file.js';

/** Every change that a file store makes on disk goes through these. */
export interface StoreFiles {
  /** The old content or the new one, never a part. The temporary file lies in `workFolder`. @default the folder of the file */
  replace(path: string, content: string, workFolder?: string): Promise<void>;
  /** In one write, at the end of the file. */
  append(path: string, text: string): Promise<void>;
  /** A file or a folder. */
  rename(from: string, to: string): Promise<void>;
  /** A file, or a folder with all in it. Absent is no error. */
  remove(path: string): Promise<void>;
  /** With the folders on the way to it. Present is no error. */
  makeFolder(path: string): Promise<void>;
}

/** Changes as the file system makes them. */
export function plainFiles(): StoreFiles {
  return {
    replace: replaceFile,
    append: (path, text) => appendFile(path, text),
    rename,
    remove: (path) => rm(path, { recursive: true, force: true }),
    async makeFolder(path) {
      await mkdir(path, { recursive: true });
    },
  };
}
