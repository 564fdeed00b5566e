const missingCodes = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/** Whether a file operation failed because the file, or a folder on the way to it, is not there: a name that is too long is that of none. */
function isMissingFile(error: unknown): boolean {
  return missingCodes.has((error as NodeJS.ErrnoException).code ?? '');
}

/** The result, or `fallback` when the file is not there. */
export async function orIfMissing<T, F>(result: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await result;
  } catch (error) {
    if (isMissingFile(error)) return fallback;
    throw error;
  }
}

/** What is read, or `undefined` when the file is not there. */
export function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}
