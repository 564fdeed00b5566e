import { closestName } from './closest-name.js';
import { DatasetError } from './errors.js';
import type { TableFormat } from './table.js';

/** Blank-separated text has no header; Parquet brings its own names. */
export function requireHeader(path: string, format: TableFormat, columnNames: readonly string[] | undefined): void {
  if (format === 'blanks' && columnNames === undefined) {
    const message = `Cannot read "${path}": blank-separated text has no header; name its columns with columnNames`;
    throw new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path } });
  }
}

/** A name that stands for two columns stands for none. */
export function requireDistinct(path: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  const message = `Cannot read "${path}": two columns are named "${twice}"; rename one`;
  throw new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path, column: twice } });
}

/** Names every required column that is not there, with the nearest one that is. */
export function requireColumns(path: string, found: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !found.includes(name));
  if (missing.length === 0) return;
  const unused = found.filter((name) => !required.includes(name));
  const listed = missing.map((name) => withSuggestion(name, unused)).join(', ');
  const what = missing.length === 1 ? 'column' : 'columns';
  const message = `Cannot read "${path}": it lacks the ${what} ${listed}; it has ${quoteAll(found)}`;
  throw new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path, missing, found } });
}

function withSuggestion(name: string, candidates: readonly string[]): string {
  const closest = closestName(name, candidates);
  return closest === undefined ? `"${name}"` : `"${name}" (did you mean "${closest}"?)`;
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
