import { readFileSync, writeFileSync } from 'node:fs';

/** Whether a step was finished for exactly these pinned versions. */
export function isStamped(file: string, content: string): boolean {
  try {
    return readFileSync(file, 'utf8') === content;
  } catch {
    return false;
  }
}

/** Says that a step is finished. It comes last: an interrupted step is repeated. */
export function stamp(file: string, content: string): void {
  writeFileSync(file, content);
}
