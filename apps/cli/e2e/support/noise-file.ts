import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The part of DuckDB that is needed here. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{
      connect(): Promise<{ run(sql: string): Promise<unknown>; closeSync(): void }>;
      closeSync(): void;
    }>;
  };
}

// Only datasets depends on DuckDB: the program reads Parquet through it and writes none.
const { DuckDBInstance } = createRequire(join(import.meta.dirname, '../../../../libs/datasets/package.json'))(
  '@duckdb/node-api',
) as DuckDb;

const sensors = [
  ...['Pressure', 'Temperature', 'Flow', 'Vibration', 'Gas', 'Position', 'Tension', 'Acoustic', 'Humidity', 'Optical'],
  ...['Magnetic', 'Seismic', 'Chemical', 'Rate of Penetration', 'Weight on Bit', 'RPM', 'Leak Detection', 'Corrosion'],
];

/**
 * Writes a file of the form of `idrill_synthetic/master_dataset.parquet`: independent uniform numbers from 0 to 200, of 20
 * sites, then the same rows once more. The same file every time.
 */
export async function writeNoise(path: string, rows: number): Promise<void> {
  const columns = sensors.map((name, i) => `(hash(row * 64 + ${i}) % 1000003) / 5000.0 AS "${name} Sensor"`);
  const half = `SELECT ${columns.join(', ')}, 'Site-' || (row % 20 + 1) AS "Location" FROM range(${rows}) AS rows(row)`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${half} UNION ALL ${half}) TO '${path}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
