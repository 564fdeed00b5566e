// How often checkBaseline() passes a model that is no better than the baseline; the table of the README.
//   npx tsx --conditions=@i-drill/source libs/validation/test/vectors/baseline-rates.ts
import { createRng, normal } from '@i-drill/numerics';
import { checkBaseline } from '../../src/index.js';

const trials = 1000;
const shapes = {
  normal: (z: number): number => Math.abs(10 + 2 * z),
  logNormal: (z: number): number => Math.exp(z),
};

function passes(units: number, error: (z: number) => number): number {
  const rng = createRng(units);
  const errors = (): number[] => Array.from({ length: units }, () => error(normal(rng)));
  const statuses = Array.from({ length: trials }, (_, seed) => {
    const [baselineErrors, modelErrors] = [errors(), errors()];
    const comparison = { name: 'same', metric: 'error', modelErrors, baselineErrors, minImprovement: 0, minUnits: 2 };
    return checkBaseline({ ...comparison, rng: createRng(seed) }).status;
  });
  return statuses.filter((status) => status === 'passed').length;
}

for (const [shape, error] of Object.entries(shapes)) {
  for (const units of [3, 5, 8, 12, 20, 50]) {
    console.log(`${shape} ${units} units: ${((100 * passes(units, error)) / trials).toFixed(1)} %`);
  }
}
