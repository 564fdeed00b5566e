/** One thing that is wrong, and where. */
export interface ConfigIssue {
  /** As the caller named it; in a base file, relative to the same place. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Keys from the top, joined by dots; empty for the whole file. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** What was probably meant. */
  readonly hint?: string;
}

/** The issue as one line: `file:line:column path: expected …, found …; hint`. */
export function issueLine(issue: ConfigIssue): string {
  const place = `${issue.file}:${issue.line}:${issue.column}`;
  const key = issue.path === '' ? '' : ` ${issue.path}`;
  const hint = issue.hint === undefined ? '' : `; ${issue.hint}`;
  return `${place}${key}: expected ${issue.expected}, found ${issue.found}${hint}`;
}
