import { createRng } from '@i-drill/numerics';
import { selectBackend } from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../wiring/system-clock.js';
import { holdLast, pooledError } from './rop-baselines.js';
import type { DrillingLog } from './rop-log.js';
import { predictChunk } from './rop-model.js';
import { ropRecipe } from './rop-protocol.js';

/** A well whose rate of penetration follows its torque, which is held for two rows at a time. */
function well(): DrillingLog {
  const rng = createRng(1);
  const torque = Array.from({ length: 150 }, () => rng.next()).flatMap((value) => [value, value]);
  return {
    name: 'demo',
    columns: ['Measured Depth m', 'torque'],
    values: Float64Array.from(torque.flatMap((value, row) => [row, value])),
    depth: Float64Array.from(torque, (_, row) => row),
    rop: Float64Array.from(torque, (value) => 20 + 30 * value),
    chunkStarts: [240],
    chunkRows: 60,
  };
}

describe('predictChunk()', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });
  const chunk = { start: 240, end: 300 };
  const recipe = { ...ropRecipe('lstm', 'usrop'), windowLength: 2, networkShare: 1, windowsPerPass: 4096 };
  const predict = (log: DrillingLog): Promise<Float32Array> =>
    predictChunk({ log, chunk, recipe, seed: 1, clock: systemClock });

  it('learns what follows from a sensor, and predicts held rows alike', async () => {
    const answers = await predict(well());
    expect(answers).toHaveLength(60);
    for (let row = 0; row < 60; row += 2) expect(answers[row]).toBe(answers[row + 1]);
    expect(pooledError(well(), [answers])).toBeLessThan(0.6 * pooledError(well(), [holdLast(well(), chunk)]));
  });

  it('does not see the rates of penetration of its chunk; the same seed gives the same answers', async () => {
    const other = well();
    other.rop.fill(777, 240);
    expect(await predict(other)).toEqual(await predict(well()));
  });
});
