import { basename } from 'node:path';
import { filesToUpload, uploadSize } from '../artifacts/local-files.js';
import { assertArtifactPath } from '../checks/artifact-path.js';
import type { ActiveRun } from './active-run.js';
import { dictText } from './dict-text.js';
import { assertFigure } from './figure.js';
import type { RunContext } from './run-context.js';
import type { RunWriter } from './run-writer.js';
import { tableLogging } from './table-logging.js';

type FileMethods = Pick<ActiveRun, 'logText' | 'logDict' | 'logTable' | 'logFigure' | 'logArtifact' | 'logArtifacts'>;

/** Files of a run. */
export function runFileMethods(context: RunContext): FileMethods {
  const { writer } = context;
  return {
    logText(path, text) {
      logContent(writer, path, text);
    },
    logDict(path, value) {
      logContent(writer, path, dictText(path, value));
    },
    logTable: tableLogging(context),
    logFigure(path, content) {
      assertFigure(path, content);
      logContent(writer, path, content);
    },
    async logArtifact(localFile, folder = '') {
      const path = folder === '' ? basename(localFile) : `${folder}/${basename(localFile)}`;
      await uploadSize(path, localFile); // refuses what is not there
      await logFile(writer, path, localFile);
    },
    async logArtifacts(localFolder, folder = '') {
      for (const { path, localFile } of await filesToUpload(folder, localFolder))
        await logFile(writer, path, localFile);
    },
  };
}

/** Keeps content, and has it uploaded to the path. */
export function logContent(writer: RunWriter, path: string, content: Uint8Array | string): void {
  assertArtifactPath(path);
  writer.append({ type: 'uploadArtifact', path, blob: writer.log.putBlob(content) });
}

async function logFile(writer: RunWriter, path: string, localFile: string): Promise<void> {
  assertArtifactPath(path);
  writer.append({ type: 'uploadArtifact', path, blob: await writer.log.putBlobFile(localFile) });
}
