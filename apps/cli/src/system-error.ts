/** Whether the operating system refused something: a full disk, a missing permission, a file where a folder should be. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
