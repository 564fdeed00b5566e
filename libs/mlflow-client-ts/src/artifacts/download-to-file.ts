import type { DownloadedFile, DownloadOptions } from '../api/artifacts.js';
import { MlflowError } from '../errors.js';
import type { ContentSource, OpenedContent } from './content-source.js';
import { explainingFileFaults } from './file-fault.js';
import { openPartialFile, type PartialFile } from './partial-file.js';

/**
 * Fetches a content to a file, which appears whole or not at all. What an interrupted download of the same content left is continued when the
 * source can, and when it is known to belong to the same version: by its validator, or because the digest of the whole will tell. One
 * download per file at a time.
 *
 * @throws MlflowError MLFLOW_DIGEST_MISMATCH, and then nothing is left
 */
export function downloadToFile(
  source: ContentSource,
  localFile: string,
  options: DownloadOptions,
): Promise<DownloadedFile> {
  return explainingFileFaults(source.action, () => download(source, localFile, options));
}

async function download(
  source: ContentSource,
  localFile: string,
  { sha256: expected }: DownloadOptions,
): Promise<DownloadedFile> {
  const part = await openPartialFile(localFile, source.address);
  await fetchAll(source, part, expected !== undefined);
  if (part.resumedBytes > 0 && !matches(part, expected)) {
    await part.remove(); // the beginning may be of another version: only the whole, fetched at once, is to be blamed
    await fetchAll(source, part, true);
  }
  if (!matches(part, expected)) throw await digestMismatch(source, part, expected ?? '');
  const { sizeBytes, resumedBytes } = part;
  const sha256 = part.sha256();
  await part.finish();
  return { sizeBytes, sha256, resumedBytes };
}

function matches(part: PartialFile, expected: string | undefined): boolean {
  return expected === undefined || part.sha256() === expected.toLowerCase();
}

async function digestMismatch(source: ContentSource, part: PartialFile, expected: string): Promise<MlflowError> {
  const found = part.sha256();
  await part.remove();
  return new MlflowError(
    `Cannot ${source.action}: its SHA-256 is ${found} instead of ${expected}; it was changed or damaged: upload it again, or correct the digest`,
    { code: 'MLFLOW_DIGEST_MISMATCH', details: { expected, found } },
  );
}

async function fetchAll(source: ContentSource, part: PartialFile, isVerified: boolean): Promise<void> {
  let furthest = part.sizeBytes;
  for (let attempt = 1; ; attempt++) {
    const opened = await openMissing(source, part, isVerified);
    try {
      await append(source, part, opened);
      return;
    } catch (error) {
      if (part.sizeBytes > furthest) attempt = 1; // it goes on
      furthest = Math.max(furthest, part.sizeBytes);
      if ((await source.waitToRepeat?.(error, attempt)) !== true) throw error;
    }
  }
}

function openMissing(source: ContentSource, part: PartialFile, isVerified: boolean): Promise<OpenedContent> {
  const { sizeBytes: offset, validator } = part;
  const mayContinue = offset > 0 && (validator !== undefined || isVerified);
  return source.open(mayContinue ? { offset, validator } : undefined);
}

async function append(source: ContentSource, part: PartialFile, opened: OpenedContent): Promise<void> {
  await part.write(opened);
  const found = part.sizeBytes;
  const expected = opened.sizeBytes ?? found;
  if (found === expected) return;
  if (found > expected) await part.remove(); // it cannot be the beginning of this content
  throw new MlflowError(`Cannot ${source.action}: ${found} bytes arrived instead of ${expected}; call it again`, {
    code: 'MLFLOW_UNREACHABLE',
    details: { found, expected },
  });
}
