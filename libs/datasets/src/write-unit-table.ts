import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SensorDataset, SensorSegment } from '@i-drill/core';

const unitColumn = 'unit';

/** Writes a data set as a CSV table that `readUnitTable` reads; numbers keep every digit. The file appears whole or not at all. */
export async function writeUnitTable(path: string, dataset: SensorDataset): Promise<void> {
  const header = [unitColumn, ...dataset.features.map((feature) => feature.name), dataset.target.name];
  const lines = dataset.segments.flatMap((segment) => linesOf(segment, dataset.features.length));
  const unfinished = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(unfinished, `${[header.map(quoted).join(','), ...lines].join('\n')}\n`);
  await rename(unfinished, path);
}

function linesOf({ unit, rows, features, target }: SensorSegment, featureCount: number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const values = features.subarray(row * featureCount, (row + 1) * featureCount);
    return [quoted(unit), ...[...values, target[row]!].map((value) => (Number.isNaN(value) ? '' : String(value)))].join(
      ',',
    );
  });
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
