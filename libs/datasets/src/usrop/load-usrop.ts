import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { basename, join } from 'node:path';
import { composeDataset } from '../compose-dataset.js';
import { DatasetError } from '../errors.js';
import { findFile } from '../find-file.js';
import { readTable } from '../read-table.js';
import { ropHeading, usropAnchor, usropFeatures, usropTarget } from './columns.js';
import { depthRuns, type DepthMetre } from './depth-metres.js';
import { chooseWells, type UsropWell } from './wells.js';

/** What to read of USROP. */
export interface UsropOptions {
  /** The folder with `USROP_A_0_F-9A.csv` and so on; each may be packed (`.gz`). */
  readonly dir: string;
  /** Names such as `F-9A`. @default all but F-7, most of whose rows are also rows of F-9 */
  readonly wells?: readonly string[];
}

/**
 * Real drilling data of the Volve field (USROP_A; Tunkiel, Sui, Wiktorski, J. Pet. Sci. Eng. 196, 2021): the rate of
 * penetration of a metre from what is known before it is drilled.
 *
 * Each well becomes means over whole metres of measured depth, cut into segments where a metre is missing. Row d holds the
 * depth and settings of metre d and the measured answers of metre d − 1, so the first metre of a segment gives no row. The
 * anchor is the rate of penetration of metre d − 1. F-7 and F-9 share rows and are one group.
 *
 * @throws DatasetError `DATASET_UNKNOWN_SUBSET` for a well that does not exist, and what `readTable` throws.
 */
export async function loadUsrop({ dir, wells }: UsropOptions): Promise<SensorDataset> {
  const chosen = chooseWells(wells);
  if (chosen.length === 0) {
    throw new DatasetError('Cannot load USROP: no well is named; name at least one', { code: 'DATASET_TOO_FEW_UNITS' });
  }
  const segments: SensorSegment[] = [];
  for (const well of chosen) segments.push(...(await loadWell(dir, well)));
  return composeDataset({
    name: 'usrop',
    task: 'rate-of-penetration',
    features: usropFeatures.map(({ name, unit }) => ({ name, unit })),
    target: usropTarget,
    segments,
    source: basename(dir),
    anchorFeature: usropAnchor,
    evaluateOn: 'every-row',
  });
}

async function loadWell(dir: string, well: UsropWell): Promise<SensorSegment[]> {
  const path = await findFile(dir, [`${well.file}.csv`, `${well.file}.csv.gz`]);
  const table = await readTable(path, { required: usropFeatures.map((feature) => feature.heading) });
  const runs = depthRuns(table).filter((run) => run.length > 1);
  if (runs.length === 0) {
    const message = `Cannot load well ${well.name} of "${join(dir, well.file)}": no two neighbouring metres have rows; give denser data`;
    throw new DatasetError(message, { code: 'DATASET_TOO_FEW_ROWS', details: { path } });
  }
  return runs.map((run) => toSegment(well, run));
}

function toSegment({ name, group }: UsropWell, run: readonly DepthMetre[]): SensorSegment {
  const pairs = run.slice(1).map((metre, i) => ({ before: run[i]!, metre }));
  const rows = pairs.map(({ before, metre }) =>
    usropFeatures.map(({ heading, known }) => (known === 'before' ? metre : before).means.get(heading)!),
  );
  return {
    unit: name,
    ...(group === undefined ? {} : { group }),
    rows: pairs.length,
    features: Float64Array.from(rows.flat()),
    target: Float64Array.from(pairs, ({ metre }) => metre.means.get(ropHeading)!),
  };
}
