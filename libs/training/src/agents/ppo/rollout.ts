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

/** Puts the rollouts of consecutive places one after another. */
export function joinRollouts(parts: readonly Rollout[]): Rollout {
  let before = 0;
  const openRows = parts.map((part) => {
    const shifted = part.openRows.map((row) => row + before);
    before += part.rows;
    return shifted;
  });
  const floats = (
    name: 'observations' | 'actions' | 'logProbabilities' | 'rewards' | 'openObservations',
  ): Float32Array => Float32Array.from(parts.flatMap((part) => Array.from(part[name])));
  const bytes = (name: 'terminal' | 'last'): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => Array.from(part[name])));
  return {
    rows: before,
    observations: floats('observations'),
    actions: floats('actions'),
    logProbabilities: floats('logProbabilities'),
    rewards: floats('rewards'),
    terminal: bytes('terminal'),
    last: bytes('last'),
    openRows: Int32Array.from(openRows.flatMap((rows) => Array.from(rows))),
    openObservations: floats('openObservations'),
  };
}
