/** What a rejection or an abort says, in words. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  return typeof cause === 'string' ? cause : 'no reason given';
}
