// How fast the simulator is: steps per second of the environment, and how many times real time the torsional string runs.
import { vectorEnvironment } from '@i-drill/environments';
import { createTorsionalString, drillingModel, weakeningTorque } from '../src/index.js';

const places = 64;
const rounds = process.argv.includes('--short') ? 2000 : 20_000;
const repeats = 5;

/** Best of some repeats, after one to warm up. */
function best(measure: () => number): number {
  measure();
  return Math.max(...Array.from({ length: repeats }, measure));
}

for (const sensors of ['realistic', 'ideal'] as const) {
  const environment = vectorEnvironment(drillingModel({ sensors }), places);
  environment.reset(Array.from({ length: places }, (_, i) => i));
  const actions = new Float32Array(3 * places).map((_, i) => [90, 120, 2200][i % 3]!);
  const perSecond = best(() => {
    const begun = performance.now();
    for (let round = 0; round < rounds; round++) environment.step(actions);
    return (places * rounds) / ((performance.now() - begun) / 1000);
  });
  console.log(`Drilling-v1, ${places} places, ${sensors} sensors: ${(perSecond / 1e6).toFixed(2)} million steps/s`);
}

const string = createTorsionalString(
  {
    pipe: { outerM: 0.127, innerM: 0.1086 },
    pipeLengthM: 2000,
    collar: { outerM: 0.1651, innerM: 0.0714 },
    collarLengthM: 150,
  },
  { dampingPerM: 0.005 },
);
const torque = weakeningTorque({ slidingNm: 3000, staticNm: 5000, fallSpeed: 2 });
string.turn(12);
const timesRealTime = best(() => {
  const begun = performance.now();
  const seconds = rounds / 100;
  string.run(seconds, 12, torque);
  return seconds / ((performance.now() - begun) / 1000);
});
console.log(`torsional string, 100 elements: ${timesRealTime.toFixed(0)} times real time`);
