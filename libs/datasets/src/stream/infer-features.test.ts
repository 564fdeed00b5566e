import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeParquet } from '../testing/write-parquet.js';
import { inferFeatures } from './infer-features.js';

const folder = temporaryFolder();

async function namesOf(path: string, target = 'life'): Promise<string[]> {
  return (await inferFeatures(path, target)).map(({ name }) => name);
}

describe('inferFeatures()', () => {
  it('takes the columns of numbers of a Parquet file, whatever kind of number, in its order', async () => {
    const path = folder.path('kinds.parquet');
    await writeParquet(
      path,
      `SELECT 7 AS unit, 'shale' AS rock, 1::TINYINT AS a, 2::DECIMAL(9, 3) AS b, 3.5::FLOAT AS c, DATE '2000-01-01' AS day,
        TIMESTAMP '2000-01-01' AS at, true AS pumping, 4::UBIGINT AS d, 9.0 AS life, '5' AS e`,
    );
    expect(await namesOf(path)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await inferFeatures(path, 'life')).toContainEqual({ name: 'a', unit: '-' });
  });

  it('takes the columns of a CSV file that hold numbers and nothing else', async () => {
    const path = await folder.write('mixed.csv', 'unit,torque,rock,empty,flow,life\na,1, shale,,,9\nb,2e3,4,,0.5,8\n');
    expect(await namesOf(path)).toEqual(['torque', 'flow']);
  });

  it.each([
    ['no unit', 'bit,torque,life\na,1,2\n', 'lacks the column "unit"'],
    ['no target', 'unit,torque,lif\na,1,2\n', '"life" (did you mean "lif"?)'],
    ['no feature', 'unit,rock,life\na,shale,2\n', 'it has no column of numbers but "unit" and "life"'],
  ])('refuses a file with %s', async (_, text, says) => {
    const path = await folder.write('bad.csv', text);
    await expect(inferFeatures(path, 'life')).rejects.toMatchObject({
      code: 'DATASET_COLUMNS',
      message: expect.stringContaining(says) as string,
    });
  });

  it('refuses a header without a row', async () => {
    const path = await folder.write('header.csv', 'unit,torque,life\n');
    await expect(inferFeatures(path, 'life')).rejects.toMatchObject({ code: 'DATASET_EMPTY' });
  });

  it('refuses a file that is not there', async () => {
    await expect(inferFeatures(folder.path('none.csv'), 'life')).rejects.toMatchObject({
      code: 'DATASET_FILE_MISSING',
    });
  });
});
