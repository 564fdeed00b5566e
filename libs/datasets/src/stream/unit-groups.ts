import type { Rng } from '@i-drill/core';
import { shuffle } from '@i-drill/numerics';
import type { IndexedUnit } from './unit-index.js';

/** Places of the file that a shuffled group takes its units from. */
const runsPerGroup = 8;

/**
 * Units that are read together: at most `bufferRows` rows, or one unit. Units without a window are left out.
 *
 * Without a generator groups follow the file. With one, the file is cut into runs of neighbouring units, an eighth of the
 * buffer each, and a group takes runs at random: neighbours are read at once, so that the cost of a pass grows with the
 * file and not with its square.
 */
export function unitGroups(units: readonly IndexedUnit[], bufferRows: number, rng?: Rng): IndexedUnit[][] {
  const inOrder = units.filter(({ windows }) => windows > 0).map((unit) => [unit]);
  if (rng === undefined) return packed(inOrder, bufferRows);
  return packed(shuffle(packed(inOrder, Math.ceil(bufferRows / runsPerGroup)), rng), bufferRows);
}

/** Joins neighbouring lists while their rows fit into `room`; one that is larger stands alone. */
function packed(lists: readonly (readonly IndexedUnit[])[], room: number): IndexedUnit[][] {
  const groups: IndexedUnit[][] = [];
  let left = 0;
  for (const list of lists) {
    const rows = list.reduce((sum, unit) => sum + unit.rows, 0);
    if (groups.length === 0 || rows > left) {
      groups.push([]);
      left = room;
    }
    groups.at(-1)!.push(...list);
    left -= rows;
  }
  return groups;
}
