/** The tag that says why a run failed. */
export const errorTag = 'mlflow-client-ts.error';

/** What was thrown, as the value of a tag. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : textOf(error);
  // Half a character, such as a cut can leave, is refused by the databases of servers.
  return text.slice(0, 5000).replace(/\p{Surrogate}/gu, '\ufffd');
}

function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something without a text was thrown'; // an object without prototype, or with a toString that throws
  }
}
