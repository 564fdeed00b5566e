import { rename, rm } from 'node:fs/promises';
import type { SensorDataset } from '@i-drill/core';
import { openDatabase } from './open-database.js';
import { writeUnitTable } from './write-unit-table.js';

/**
 * Writes a data set as a Parquet table that `--dataset table` and `readUnitTable` read: a text column `unit`, a column per
 * feature, the target. Numbers keep every digit. The file appears whole or not at all.
 */
export async function writeUnitParquet(path: string, dataset: SensorDataset): Promise<void> {
  const [csv, unfinished] = [`${path}.part.csv`, `${path}.part`];
  const { connection, close } = await openDatabase();
  try {
    await writeUnitTable(csv, dataset);
    const rows = `SELECT * FROM read_csv(${quoted(csv)}, header = true, types = {'unit': 'VARCHAR'})`;
    await connection.run(`COPY (${rows}) TO ${quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd)`);
    await rename(unfinished, path);
  } finally {
    close();
    await rm(csv, { force: true });
    await rm(unfinished, { force: true });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
