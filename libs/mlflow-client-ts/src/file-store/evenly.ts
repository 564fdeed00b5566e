/**
 * At most `count` of the items, as evenly spaced by their place as whole places allow: item `round(i·(n − 1)/(count − 1))` for i from 0 to
 * count − 1. The first and the last are always among them; of one, it is the last. As MLflow 3.17 thins, so that plots of both look alike.
 */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return items.slice(-1);
  const stride = (items.length - 1) / (count - 1); // above 1, so that no item is taken twice
  const places = new Set(Array.from({ length: count }, (_, i) => Math.round(i * stride)));
  return items.filter((_, place) => places.has(place));
}
