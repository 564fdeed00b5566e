import { invalidValue } from '../faults.js';

/** Refuses another value for a param that has one. */
export function assertParamsUnchanged(
  known: ReadonlyMap<string, string>,
  params: Readonly<Record<string, string>>,
): void {
  for (const [key, text] of Object.entries(params)) {
    const before = known.get(key);
    if (before === undefined || before === text) continue;
    throw invalidValue(
      `Cannot log param "${key}" as ${quoted(text)}: it is ${quoted(before)} already, and params do not change; use another key or a tag`,
      { key },
    );
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
