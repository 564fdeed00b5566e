// How often a random window of a new unit lies inside an interval of coverage 0.9; the table of docs/algorithms/prediction-intervals.md.
//   npx tsx --conditions=@i-drill/source libs/training/test/vectors/interval-coverage.ts
import { createRng, normal } from '@i-drill/numerics';
import { conformalQuantile, type UnitScores } from '../../src/intervals/conformal-quantile.js';

const trials = 4000;
const rng = createRng(1);

/** |error| of the windows of one unit, of which a share of the variance is common to all of them. */
function unitScores(unitShare: number): number[] {
  const common = Math.sqrt(unitShare) * normal(rng);
  const windows = 5 + Math.floor(90 * rng.next());
  return Array.from({ length: windows }, () => Math.abs(common + Math.sqrt(1 - unitShare) * normal(rng)));
}

const margins = {
  guaranteed: (sample: UnitScores) => conformalQuantile(sample, 0.9),
  asymptotic: (sample: UnitScores) => conformalQuantile(sample, 0.9, 'asymptotic'),
  windows: ({ scores }: UnitScores) => conformalQuantile({ scores, unitOf: Array.from(scores, (_, i) => i) }, 0.9),
};

function covered(units: number, unitShare: number): Record<string, number> {
  const hits: Record<string, number> = {};
  for (let trial = 0; trial < trials; trial++) {
    const held = Array.from({ length: units }, () => unitScores(unitShare));
    const sample = { scores: held.flat(), unitOf: held.flatMap((scores, unit) => scores.map(() => unit)) };
    const fresh = unitScores(unitShare);
    const score = fresh[Math.floor(fresh.length * rng.next())]!;
    for (const [name, margin] of Object.entries(margins)) {
      hits[name] = (hits[name] ?? 0) + (score <= margin(sample) ? 1 : 0);
    }
  }
  return hits;
}

for (const unitShare of [0, 0.5, 0.9]) {
  for (const units of [10, 20, 40, 100]) {
    const shares = Object.entries(covered(units, unitShare)).map(
      ([name, hits]) => `${name} ${((100 * hits) / trials).toFixed(1)} %`,
    );
    console.log(`unit share ${unitShare}, ${units} units: ${shares.join(', ')}`);
  }
}
