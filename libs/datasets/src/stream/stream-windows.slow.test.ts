import { createRng } from '@i-drill/numerics';
import { expect, it } from 'vitest';
import type { TableSchema } from '../read-unit-table.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeParquet } from '../testing/write-parquet.js';
import { streamWindows } from './stream-windows.js';

const folder = temporaryFolder();
const features = Array.from({ length: 16 }, (_, i) => ({ name: `sensor_${i}`, unit: '-' }));
const schema: TableSchema = {
  name: 'large',
  task: 'remaining-useful-life',
  features,
  target: { name: 'life', unit: 'h' },
  evaluateOn: 'every-row',
};

const megabytes = (bytes: number): number => bytes / 2 ** 20;

it('streamWindows() holds its buffer, not the file: a pass over 389 MB of rows takes less than 200 MB more', async () => {
  const rows = 3_000_000;
  const path = folder.path('large.parquet');
  const sensors = features.map(({ name }, i) => `hash(${i}, r) / 1e19 AS ${name}`).join(', ');
  const unit = `'bit ' || (r // 1000) AS unit, (999 - r % 1000)::DOUBLE AS life`;
  await writeParquet(path, `SELECT ${unit}, ${sensors} FROM range(${rows}) AS numbers(r)`);

  const before = process.memoryUsage.rss();
  const source = await streamWindows({ path, schema, windowLength: 30, stride: 10, bufferRows: 50_000 });
  expect(source.count).toBe(rows / 10);
  let [windows, peak] = [0, 0];
  for await (const batch of source.batches({ batchSize: 256, rng: createRng(1) })) {
    windows += batch.count;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  expect(windows).toBe(source.count);
  expect(megabytes(rows * (features.length + 1) * 8)).toBeGreaterThan(380);
  expect(megabytes(peak - before)).toBeLessThan(200);
  expect(megabytes(peak - before)).toBeGreaterThan(5); // the measurement sees anything at all
}, 300_000);
