import { describe, expect, it } from 'vitest';
import { MlflowError } from '../errors.js';
import { explainingFileFaults } from './file-fault.js';

const fault = (code: string, path?: string): Error =>
  Object.assign(new Error('no'), { code, syscall: 'open', ...(path !== undefined && { path }) });

describe('explainingFileFaults()', () => {
  it.each([
    ['ENOSPC', '/a', 'Cannot fetch it: ENOSPC at "/a"; free space on the disk, or use another'],
    ['EACCES', '/a', 'Cannot fetch it: EACCES at "/a"; give this process the right to read or write there'],
    ['EIO', undefined, 'Cannot fetch it: EIO; look into the file system of this machine, and call it again'],
  ])('tells %s with place and advice', async (code, path, message) => {
    const cause = fault(code, path);
    const failed = explainingFileFaults('fetch it', () => Promise.reject(cause));
    await expect(failed).rejects.toMatchObject({
      code: 'MLFLOW_FILE_SYSTEM',
      message,
      details: { fault: code },
      cause,
    });
  });

  it('passes on what is no fault of files, and what is explained already', async () => {
    for (const error of [new TypeError('a bug'), new MlflowError('x', { code: 'MLFLOW_TIMEOUT' })]) {
      await expect(explainingFileFaults('fetch it', () => Promise.reject(error))).rejects.toBe(error);
    }
    expect(await explainingFileFaults('fetch it', () => Promise.resolve(1))).toBe(1);
  });
});
