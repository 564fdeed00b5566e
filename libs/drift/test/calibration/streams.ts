import { normal } from '@i-drill/numerics';
import type { Rng } from '@i-drill/core';
import type { RowSeries } from '../../src/row-series.js';

/** What independent streams of one kind look like. Every column is drawn alike; the marginal variance is near 1. */
export interface StreamKind {
  readonly series: number;
  readonly rows: number;
  readonly columns: number;
  /** Coefficient of the first-order autoregression, in [0, 1). */
  readonly phi: number;
  /** Share of the variance that is a level of the series' own, in [0, 1). */
  readonly levelShare?: number;
  /** Rise over a whole series, in standard deviations of the autoregression. */
  readonly trend?: number;
}

/** Draws stationary autoregressive series, every value moved by `shift`. */
export function drawStreams(kind: StreamKind, shift: number, rng: Rng): RowSeries[] {
  return Array.from({ length: kind.series }, () => {
    const features = new Float64Array(kind.rows * kind.columns);
    for (let column = 0; column < kind.columns; column++) fillColumn(features, column, kind, { shift, rng });
    return { rows: kind.rows, features };
  });
}

function fillColumn(
  features: Float64Array,
  column: number,
  kind: StreamKind,
  { shift, rng }: { readonly shift: number; readonly rng: Rng },
): void {
  const levelShare = kind.levelShare ?? 0;
  const level = shift + Math.sqrt(levelShare) * normal(rng);
  const scale = Math.sqrt(1 - levelShare);
  const innovation = Math.sqrt(1 - kind.phi ** 2);
  let state = normal(rng); // stationary from the first row
  for (let row = 0; row < kind.rows; row++) {
    const trend = ((kind.trend ?? 0) * row) / kind.rows;
    features[row * kind.columns + column] = level + trend + scale * state;
    state = kind.phi * state + innovation * normal(rng);
  }
}
