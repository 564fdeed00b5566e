import type { FormationPreset } from '@i-drill/drilling';

/** What is measured alike for every way to drill. */
export const drillingProtocol = {
  presets: ['soft', 'mixed', 'hard'] as readonly FormationPreset[],
  /** Trainings of each agent. */
  seeds: 3,
  /** Wells everything is judged on; no training, no choice and no search has seen them. */
  testWells: 10_000,
  /** Wells that choose the policy of a training that is kept. */
  selectionWells: 400,
  /** Wells on which the best constant set-point is searched for, by cost per metre. */
  searchWells: 400,
  evaluations: 20,
} as const;

/** First seeds of the wells of each purpose; training draws its own from 1009 · seed on. */
export const firstWells: Readonly<Record<'search' | 'selection' | 'test', number>> = {
  search: 2 ** 39,
  selection: 2 ** 40,
  test: 2 ** 42,
};
