/**
 * At most `count` of the items, in order: the first, the last, and between them items at even distances; the last alone for a count of 1.
 * A list that is short enough is returned whole.
 */
export function thinned<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return items.slice(-1);
  const distance = (items.length - 1) / (count - 1); // > 1, so that no item is taken twice
  return Array.from({ length: count }, (_, i) => items[Math.round(i * distance)] as T);
}
