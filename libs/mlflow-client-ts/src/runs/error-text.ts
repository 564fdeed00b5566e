/** The tag that says why a run failed. */
export const errorTag = 'mlflow-client-ts.error';

/** What was thrown, as the value of a tag. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 5000);
}
