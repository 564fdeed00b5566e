import { createRng, normal } from '@i-drill/numerics';
import { rulSensors } from '../rul-protocol.js';

/** An engine that was made up: one row of sensor values per cycle, until it fails. */
export interface MadeEngine {
  readonly rows: readonly (readonly number[])[];
}

/**
 * Engines that live 30 to 90 cycles. `visible`: every sensor rises with the share of the life that is spent, under noise.
 * `hidden`: the sensors are noise, so that nothing tells more than the age does.
 */
export function madeEngines(count: number, wear: 'visible' | 'hidden', seed: number): MadeEngine[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => {
    const life = 30 + Math.floor(60 * rng.next());
    const rows = Array.from({ length: life }, (_, cycle) =>
      rulSensors.map((_sensor, sensor) => (wear === 'visible' ? (10 * cycle) / life : 0) + sensor + normal(rng)),
    );
    return { rows };
  });
}

/** The first rows of engines, and the cycles each had left after them: 5 to 45, or all but its first 10. */
export function cutShort(
  engines: readonly MadeEngine[],
  seed: number,
): { engines: MadeEngine[]; cyclesLeft: number[] } {
  const rng = createRng(seed);
  const cyclesLeft = engines.map(({ rows }) => Math.min(rows.length - 10, 5 + Math.floor(40 * rng.next())));
  return { cyclesLeft, engines: engines.map(({ rows }, i) => ({ rows: rows.slice(0, rows.length - cyclesLeft[i]!) })) };
}
