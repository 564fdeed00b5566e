/** Where a draw of noise stands; the same place gives the same draw. */
export interface NoisePlace {
  readonly seed: number;
  readonly stream: number;
  readonly step: number;
}

/** What random numbers of an agent are drawn for; a stream per place where there is one. */
const purposes = { exploration: 1, order: 2, weights: 3, replay: 4, update: 5 } as const;

/** Number of a stream for `normalsAt` and `uniformsAt`. */
export function noiseStream(purpose: keyof typeof purposes, place = 0): number {
  return purposes[purpose] * 2 ** 20 + place;
}
