/**
 * The error of some work, with what failed when its run was ended as its cause, or beside its cause: the caller is told of the first, and nothing of
 * the second is lost.
 */
export function withFailedEnding(error: unknown, ending: unknown): unknown {
  const both = 'Cannot end the run as failed: that failed as well';
  if (!(error instanceof Error) || !Object.isExtensible(error)) return new AggregateError([error, ending], both);
  error.cause = error.cause === undefined ? ending : new AggregateError([error.cause, ending], both);
  return error;
}
