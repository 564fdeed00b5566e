/** What a column of a network's output means. */
export type OutputColumn =
  | { readonly kind: 'point' }
  | { readonly kind: 'quantile'; readonly level: number }
  | { readonly kind: 'class'; readonly name: string };

/** The column that is the prediction: the point, or where there is none the median. */
export function pointColumn(columns: readonly OutputColumn[]): number {
  const point = columns.findIndex((column) => column.kind === 'point');
  return point >= 0 ? point : columns.findIndex((column) => column.kind === 'quantile' && column.level === 0.5);
}
