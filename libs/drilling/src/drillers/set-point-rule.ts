/** A way to choose set-points, without learning. */
export interface SetPointRule {
  readonly name: string;
  /**
   * Takes over some places, each with a new bit.
   *
   * @returns a function of what is seen, shape [count, observations] as `drillingObservation` lists it, that gives set-points,
   * shape [count, 3]: kN, rpm, L/min; the same array every time
   */
  start(count: number): (observations: Float32Array) => Float32Array;
}

/** Weight, speed and flow, in the units of the rig's screen. */
export interface ScreenSetPoint {
  /** kN. */
  readonly weight: number;
  /** rpm. */
  readonly speed: number;
  /** L/min. */
  readonly flow: number;
}
