import { describe, expect, it } from 'vitest';
import { readUnitTable } from './read-unit-table.js';
import { segment, smallDataset } from './testing/small-dataset.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const schema = smallDataset([segment('a', 1)], { name: 'arrivals', anchorFeature: 1 });

describe('readUnitTable()', () => {
  it('makes one segment per unit, columns by name, rows in order', async () => {
    const path = await folder.write(
      'arrivals.csv',
      'life,unit,note,flow,torque\n2,bit 7,x,10,1\n1,bit 7,,11,2\n5,bit 8,,20,3\n,bit 7,,12,4\n',
    );
    const dataset = await readUnitTable(path, schema);
    expect(dataset).toMatchObject({
      name: 'arrivals',
      source: 'arrivals.csv',
      anchorFeature: 1,
      features: schema.features,
      segments: [
        {
          unit: 'bit 7',
          rows: 3,
          features: Float64Array.of(1, 10, 2, 11, 4, 12),
          target: Float64Array.of(2, 1, NaN),
        },
        { unit: 'bit 8', rows: 1, features: Float64Array.of(3, 20), target: Float64Array.of(5) },
      ],
    });
    expect(dataset.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a table without unit, feature or target', async () => {
    const path = await folder.write('bare.csv', 'flow,units\n1,2\n3,4\n');
    await expect(readUnitTable(path, schema)).rejects.toMatchObject({
      code: 'DATASET_COLUMNS',
      details: { missing: ['unit', 'torque', 'life'] },
    });
  });
});
