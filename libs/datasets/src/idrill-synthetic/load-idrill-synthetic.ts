import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { basename } from 'node:path';
import { composeDataset } from '../compose-dataset.js';
import { DatasetError } from '../errors.js';
import { findFile } from '../find-file.js';
import { readTable } from '../read-table.js';
import type { Table } from '../table.js';
import { columnName, ropHeading, sensorHeadings, siteHeading } from './columns.js';

/** What to read of the synthetic files. */
export interface IdrillSyntheticOptions {
  /** The folder with `master_dataset.parquet`. */
  readonly dir: string;
}

/**
 * Noise with the names of drilling sensors: independent uniform numbers in which nothing can be learned. The right answer
 * of every model is the mean, R² = 0; a better score shows a leak. It is here to show that such models are refused.
 *
 * The second half of the file is the first half once more (8500 of 10000 rows exactly, the others with other noise), row by
 * row at the same site. So a site is the unit: both copies of a row are in one unit, in two segments, and a split by unit
 * never parts them. There is no anchor: the value before says nothing about the next.
 *
 * @throws DatasetError `DATASET_UNREADABLE` when the halves are not row by row of the same sites, and what `readTable` throws.
 */
export async function loadIdrillSynthetic({ dir }: IdrillSyntheticOptions): Promise<SensorDataset> {
  const path = await findFile(dir, ['master_dataset.parquet']);
  const table = await readTable(path, { required: [...sensorHeadings, ropHeading], requiredText: [siteHeading] });
  requireSameSites(table);
  return composeDataset({
    name: 'idrill-synthetic',
    task: 'rate-of-penetration',
    features: sensorHeadings.map((heading) => ({ name: columnName(heading), unit: '-' })),
    target: { name: 'rate_of_penetration', unit: '-' },
    segments: toSegments(table),
    source: `${basename(dir)}/${basename(path)}`,
    evaluateOn: 'every-row',
  });
}

function toSegments(table: Table): SensorSegment[] {
  const columns = sensorHeadings.map((heading) => table.column(heading));
  const rop = table.column(ropHeading);
  return [...rowsBySiteAndHalf(table).values()].map(({ site, rows }) => ({
    unit: site,
    rows: rows.length,
    features: Float64Array.from(rows.flatMap((row) => columns.map((column) => column[row]!))),
    target: Float64Array.from(rows, (row) => rop[row]!),
  }));
}

/** Rows of a site in each half of the file, sites in the order of their first rows. */
function rowsBySiteAndHalf(table: Table): Map<string, { site: string; rows: number[] }> {
  const parts = new Map<string, { site: string; rows: number[] }>();
  for (const [row, site] of table.text(siteHeading).entries()) {
    const key = `${row < table.rows / 2 ? 'first' : 'second'} ${site}`;
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { site, rows: [row] });
    else part.rows.push(row);
  }
  return parts;
}

function requireSameSites(table: Table): void {
  const { path, rows } = table;
  const sites = table.text(siteHeading);
  const half = Math.floor(rows / 2);
  const row = sites.findIndex((site, i) => i < half && site !== sites[i + half]);
  if (row < 0 && rows % 2 === 0) return;
  const what =
    rows % 2 === 1 ? `it has ${rows} rows` : `row ${row + 1} and its copy, row ${row + half + 1}, are of two sites`;
  const message = `Cannot read "${path}": ${what}, so copies cannot be kept together; take the file as it was published`;
  throw new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, rows } });
}
