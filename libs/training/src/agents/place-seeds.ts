/** Seeds of the places of a training. */
export function placeSeeds(seed: number, firstPlace: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => seed * 1009 + firstPlace + i);
}
