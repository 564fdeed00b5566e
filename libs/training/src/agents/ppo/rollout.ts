/** What some places did and saw over T steps, place after place: row = place·T + t. */
export interface Rollout {
  /** N·T. */
  readonly rows: number;
  /** Physical units, [rows, O]. */
  readonly observations: Float32Array;
  /** As drawn, before bounds, [rows, width]. */
  readonly actions: Float32Array;
  /** log π(a), [rows]. */
  readonly logProbabilities: Float32Array;
  /** Shape [rows]. */
  readonly rewards: Float32Array;
  /** As in `Trajectory`, [rows]. */
  readonly terminal: Uint8Array;
  /** As in `Trajectory`, [rows]. */
  readonly last: Uint8Array;
  /** Rows whose next state is not the next row's, though they are not terminal. */
  readonly openRows: Int32Array;
  /** What was seen after those, [openRows, O]. */
  readonly openObservations: Float32Array;
}

type Column = Exclude<keyof Rollout, 'rows'>;

/** Puts the rollouts of consecutive places one after another. */
export function joinRollouts(parts: readonly Rollout[]): Rollout {
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
  const shifted = parts.map(({ openRows }, i) => openRows.map((row) => row + starts[i]!));
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    observations: floats(parts, 'observations'),
    actions: floats(parts, 'actions'),
    logProbabilities: floats(parts, 'logProbabilities'),
    rewards: floats(parts, 'rewards'),
    terminal: bytes(parts, 'terminal'),
    last: bytes(parts, 'last'),
    openRows: Int32Array.from(shifted.flatMap((rows) => Array.from(rows))),
    openObservations: floats(parts, 'openObservations'),
  };
}

function floats(parts: readonly Rollout[], column: Exclude<Column, 'terminal' | 'last' | 'openRows'>): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part[column].length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part[column], at);
    at += part[column].length;
  }
  return joined;
}

function bytes(parts: readonly Rollout[], column: 'terminal' | 'last'): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part[column])));
}
