import { DatasetError } from './errors.js';

/** The error for a file that cannot be read; one of ours stays as it is. Lines of the wrong width are told apart: there the columns are at fault. */
export function unreadable(path: string, cause: unknown): DatasetError {
  if (cause instanceof DatasetError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const width = wrongWidth(text);
  if (width !== undefined) {
    const message = `Cannot read "${path}": ${width}; correct the line or the list of columns`;
    return new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path }, cause });
  }
  const firstLine = text.split('\n')[0]!;
  const message = `Cannot read "${path}": it is damaged or of another form than its ending says; DuckDB reports "${firstLine}"`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path }, cause });
}

function wrongWidth(text: string): string | undefined {
  const blanks = /line ".*" has a width of \d+, expected \d+/.exec(text)?.[0];
  if (blanks !== undefined) return blanks;
  const line = /Error on Line: (\d+)/.exec(text)?.[1];
  const widths = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (line === undefined || widths === null) return undefined;
  return `line ${line} has a width of ${widths[2]!}, expected ${widths[1]!}`;
}
