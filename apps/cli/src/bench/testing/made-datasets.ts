import type { SensorDataset } from '@i-drill/core';
import type { CmapssDatasets } from '@i-drill/datasets';
import { rulSensors } from '../rul-protocol.js';
import { cutShort, madeEngines, type MadeEngine } from './made-engines.js';

/** Training and test engines that were made up, as C-MAPSS is loaded. */
export function madeDatasets(count: number, wear: 'visible' | 'hidden'): CmapssDatasets {
  const train = madeEngines(count, wear, 1);
  const test = cutShort(madeEngines(count, wear, 2), 3);
  return {
    train: dataset('made-train', train, train.map(() => 0)), // prettier-ignore
    test: dataset('made-test', test.engines, test.cyclesLeft),
  };
}

function dataset(name: string, engines: readonly MadeEngine[], cyclesLeft: readonly number[]): SensorDataset {
  return {
    name,
    task: 'remaining-useful-life',
    features: rulSensors.map((sensor) => ({ name: sensor, unit: '-' })),
    target: { name: 'remaining_useful_life', unit: 'cycles' },
    segments: engines.map(({ rows }, i) => ({
      unit: `${name}-${String(i).padStart(2, '0')}`,
      rows: rows.length,
      features: Float64Array.from(rows.flat()),
      target: Float64Array.from(rows, (_, cycle) => cyclesLeft[i]! + rows.length - 1 - cycle),
    })),
    source: 'simulated',
    fingerprint: '',
    evaluateOn: 'last-row',
  };
}
