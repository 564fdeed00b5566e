import type { OutputColumn } from '../sequence/output-columns.js';

/** One term of the loss; `weight` defaults to 1. */
export type LossTerm =
  /** Mean squared error of the point column. */
  | { readonly type: 'mse'; readonly weight?: number }
  /** Huber's loss of the point column: quadratic below `delta` (scaled units), linear above (Huber 1964). */
  | { readonly type: 'huber'; readonly delta: number; readonly weight?: number }
  /** Pinball loss of one column per level (Koenker & Bassett 1978). */
  | { readonly type: 'pinball'; readonly levels: readonly number[]; readonly weight?: number }
  /** Cross-entropy of the class columns, each window weighted by its class. */
  | { readonly type: 'cross-entropy'; readonly classWeights: readonly number[]; readonly weight?: number };

/** The columns a network must have for a loss: the point if a term asks for it, then quantiles, or the classes. */
export function outputColumns(terms: readonly LossTerm[], classes: readonly string[] = []): OutputColumn[] {
  const point = terms.some(({ type }) => type === 'mse' || type === 'huber');
  const levels = terms.flatMap((term) => (term.type === 'pinball' ? term.levels : []));
  const named = terms.some(({ type }) => type === 'cross-entropy') ? classes : [];
  return [
    ...(point ? [{ kind: 'point' } as const] : []),
    ...levels.map((level) => ({ kind: 'quantile', level }) as const),
    ...named.map((name) => ({ kind: 'class', name }) as const),
  ];
}
