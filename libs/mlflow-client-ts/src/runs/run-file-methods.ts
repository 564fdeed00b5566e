import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { assertArtifactPath } from '../checks/artifact-path.js';
import { invalidValue } from '../faults.js';
import { orIfMissing } from '../fs/missing-file.js';
import { listFiles } from '../model/model-content.js';
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
    async logArtifact(localFile, folder) {
      await assertKind(localFile, 'file');
      await logFile(writer, below(folder, basename(localFile)), localFile);
    },
    async logArtifacts(localFolder, folder) {
      await assertKind(localFolder, 'folder');
      const paths = await listFiles(localFolder);
      for (const path of paths) assertArtifactPath(below(folder, path));
      for (const path of paths) await logFile(writer, below(folder, path), join(localFolder, path));
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

function below(folder: string | undefined, path: string): string {
  return folder === undefined || folder === '' ? path : `${folder}/${path}`;
}

async function assertKind(path: string, kind: 'file' | 'folder'): Promise<void> {
  const found = await orIfMissing(stat(path), undefined);
  if (kind === 'file' ? found?.isFile() === true : found?.isDirectory() === true) return;
  throw invalidValue(`Cannot log ${kind} "${path}": there is no such ${kind}; check the path`, { path });
}
