import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const folder = temporaryFolder();

async function writeParquet(name: string, query: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${folder.path(name)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return folder.path(name);
}

describe('readTable()', () => {
  const rows = [[1, 2.5], [3, -4e-3]] as const; // prettier-ignore
  const texts = {
    'a.csv': 'x,y\n1,2.5\n3,-4e-3\n',
    'windows.csv': '\uFEFFx,"y"\r\n1,2.5\r\n3,"-4e-3"\r\n',
    'no-end.csv': 'x,y\n1,2.5\n3,-4e-3',
    'a.tsv': 'x\ty\n1\t2.5\n3\t-4e-3\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const packed of [false, true]) {
      it(`reads ${name}${packed ? '.gz' : ''}`, async () => {
        const path = await folder.write(packed ? `${name}.gz` : name, packed ? gzipSync(text) : text);
        const table = await readTable(path);
        expect(table).toMatchObject({ path, columns: ['x', 'y'], rows: 2 });
        expect(table.column('x')).toEqual(Float64Array.from(rows, ([x]) => x));
        expect(table.column('y')).toEqual(Float64Array.from(rows, ([, y]) => y));
      });
    }
  }

  it('reads a file that DuckDB wrote as Parquet', async () => {
    const path = await writeParquet(
      'a.parquet',
      "SELECT i::BIGINT AS x, (i / 4)::DECIMAL(9, 2) AS y, i > 1 AS late, 'w' || i AS word FROM range(3) t(i)",
    );
    const table = await readTable(path, { required: ['late', 'y'], requiredText: ['word'] });
    expect(table.columns).toEqual(['word', 'late', 'y']);
    expect(table.column('y')).toEqual(Float64Array.of(0, 0.25, 0.5));
    expect(table.column('late')).toEqual(Float64Array.of(0, 0, 1));
    expect(table.text('word')).toEqual(['w0', 'w1', 'w2']);
  });

  it('reads blank-separated text with leading, trailing and repeated blanks, tabs and empty lines', async () => {
    const path = await folder.write('engines.txt.gz', gzipSync('1 1 -0.0007  \n  1\t2   0.5 \r\n\n2 1 7\n'));
    const table = await readTable(path, { columnNames: ['unit', 'cycle', 'altitude'] });
    expect(table.rows).toBe(3);
    expect(table.column('altitude')).toEqual(Float64Array.of(-0.0007, 0.5, 7));
  });

  it('keeps the order of 50000 rows', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i},${i % 7}`);
    const path = await folder.write('long.csv', `x,y\n${lines.join('\n')}\n`);
    const x = (await readTable(path)).column('x');
    expect(x.every((value, i) => value === i)).toBe(true);
    expect(x).toHaveLength(50_000);
  });

  it('gives NaN for nothing, for words that say so, and for infinities', async () => {
    const path = await folder.write('gaps.csv', 'x,y\n1,\n2,NaN\n3,NA\n4,inf\n5,null\n6,6\n');
    expect((await readTable(path)).column('y')).toEqual(Float64Array.of(NaN, NaN, NaN, NaN, NaN, 6));
  });

  it('takes a path with quotes, blanks and pattern characters for what it is', async () => {
    await folder.write('well 1.csv', 'x\n7\n8\n');
    for (const name of ["driller's.csv", 'well [1].csv', 'well *.csv', 'wells {a,b}.csv']) {
      const path = await folder.write(name, 'x\n1\n2\n');
      expect((await readTable(path)).column('x')).toEqual(Float64Array.of(1, 2));
    }
  });

  it('can be told form and names', async () => {
    const path = await folder.write('export.dump', '1;2\n3;4\n');
    const table = await readTable(path, { format: 'semicolon', columnNames: ['a', 'b'] });
    expect(table.column('b')).toEqual(Float64Array.of(2, 4));
  });

  it('allows one row where one is enough', async () => {
    const path = await folder.write('one.csv', 'x\n1\n');
    expect((await readTable(path, { minRows: 1 })).rows).toBe(1);
  });
});

describe('readTable() refuses', () => {
  const refused = async (path: string, code: string, message: string, options = {}): Promise<void> => {
    await expect(readTable(path, options)).rejects.toMatchObject({
      name: 'DatasetError',
      code,
      message: `Cannot read "${path}": ${message}`,
    });
  };

  it('a missing file', async () => {
    await refused(folder.path('none.csv'), 'DATASET_FILE_MISSING', 'there is no such file; check the data folder');
    await folder.write('plain', 'x');
    const below = folder.path('plain/none.csv');
    await refused(below, 'DATASET_FILE_MISSING', 'there is no such file; check the data folder');
  });

  it('a file of 0 bytes, an empty packed file and a header without a row', async () => {
    const advice = (name: string): string => `check how "${name}" was written`;
    const zero = await folder.write('zero.csv', '');
    await refused(zero, 'DATASET_EMPTY', `it has 0 bytes; ${advice('zero.csv')}`);
    const packed = await folder.write('zero.csv.gz', gzipSync(''));
    await refused(packed, 'DATASET_EMPTY', `it has no row of data; ${advice('zero.csv.gz')}`);
    const header = await folder.write('header.csv', 'x,y\n');
    await refused(header, 'DATASET_EMPTY', `it has no row of data; ${advice('header.csv')}`);
    const blank = await folder.write('blank.txt', ' \n\n');
    await refused(blank, 'DATASET_EMPTY', `it has no row of data; ${advice('blank.txt')}`, { columnNames: ['x'] });
    const parquet = await writeParquet('none.parquet', 'SELECT 1 AS x WHERE false');
    await refused(parquet, 'DATASET_EMPTY', `it has no row of data; ${advice('none.parquet')}`);
  });

  it('missing columns, all named at once, with the nearest that are there', async () => {
    const path = await folder.write('columns.csv', 'Torqe,flow\n1,2\n3,4\n');
    const message = 'it lacks the columns "torque" (did you mean "Torqe"?), "depth"; it has "Torqe", "flow"';
    await refused(path, 'DATASET_COLUMNS', message, { required: ['torque', 'flow', 'depth'] });
    const table = await readTable(path);
    expect(() => table.column('flw')).toThrow(expect.objectContaining({ code: 'DATASET_COLUMNS' }));
    expect(() => table.text('flow')).toThrow(expect.objectContaining({ code: 'DATASET_COLUMNS' }));
  });

  it('two columns of one name', async () => {
    const path = await folder.write('twice.csv', 'x,y,x\n1,2,3\n1,2,3\n');
    await refused(path, 'DATASET_COLUMNS', 'two columns are named "x"; rename one');
  });

  it('lines of another width, with the line', async () => {
    const advice = 'correct the line or the list of columns';
    const short = await folder.write('short.csv', 'x,y\n1,2\n3\n4,5\n');
    await refused(short, 'DATASET_COLUMNS', `line 3 has a width of 1, expected 2; ${advice}`);
    const wide = await folder.write('wide.csv', 'x,y\n1,2\n4,5,6\n');
    await refused(wide, 'DATASET_COLUMNS', `line 3 has a width of 3, expected 2; ${advice}`);
    const blanks = await folder.write('wide.txt', '1 2\n3 4 5\n');
    const message = `line "3 4 5" has a width of 3, expected 2; ${advice}`;
    await refused(blanks, 'DATASET_COLUMNS', message, { columnNames: ['x', 'y'] });
  });

  it('blank-separated text without names', async () => {
    const path = await folder.write('nameless.txt', '1 2\n3 4\n');
    const message = 'blank-separated text has no header; name its columns with columnNames';
    await refused(path, 'DATASET_COLUMNS', message);
  });

  it('a column of text where numbers are needed, with the first word', async () => {
    const path = await folder.write('words.csv', 'x,y\n1,2\n3,stuck\n5,off\n');
    const message = 'column "y" is no column of numbers, it holds "stuck"; correct the value or leave the column out';
    await refused(path, 'DATASET_COLUMNS', message, { required: ['x', 'y'] });
    expect((await readTable(path)).column('x')).toEqual(Float64Array.of(1, 3, 5));
  });

  it('a column without a number', async () => {
    const path = await folder.write('dead.csv', 'x,y\n1,NaN\n3,\n');
    const message = 'column "y" holds no number in 2 rows; check the sensor or leave the column out';
    await refused(path, 'DATASET_COLUMN_NAN', message, { required: ['x', 'y'] });
    const table = await readTable(path);
    expect(() => table.column('y')).toThrow(expect.objectContaining({ code: 'DATASET_COLUMN_NAN' }));
  });

  it('one row of data', async () => {
    const path = await folder.write('single.csv', 'x\n1\n');
    await refused(path, 'DATASET_TOO_FEW_ROWS', 'it has 1 row, at least 2 are needed; give more data');
  });

  it('what is no table, with the words of DuckDB as the cause', async () => {
    for (const name of ['fake.csv.gz', 'fake.parquet']) {
      const path = await folder.write(name, 'plain words');
      const error: unknown = await readTable(path).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'DATASET_UNREADABLE', cause: expect.any(Error) as Error });
      expect((error as Error).message).toMatch(
        /^Cannot read ".*": it is damaged or of another form than its ending says/,
      );
    }
  });

  it('a folder, and an ending it does not know', async () => {
    await mkdir(folder.path('folder.csv'));
    await refused(folder.path('folder.csv'), 'DATASET_UNREADABLE', 'it is no file; give the path of one file');
    const sheet = await folder.write('table.xlsx', 'x');
    const endings = '.csv, .tsv, .txt, .dat (these also .gz) or .parquet';
    await refused(sheet, 'DATASET_UNREADABLE', `the form of its ending is not known; name the file ${endings}`);
  });
});
