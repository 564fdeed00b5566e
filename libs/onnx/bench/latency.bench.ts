import type { Architecture } from '@i-drill/training';
import { exportSequenceModel, openModel, type OnnxModel } from '../src/index.js';
import { pointOnly, randomModel, randomWindows } from '../src/testing/random-model.js';

/**
 * Latency of exported models in onnxruntime on the CPU with one thread: 10th, 50th and 95th percentile of `predict` for one
 * window and for 32, windows of 30 rows and 14 features, with one scaler and with six regimes of three conditions. All models
 * take turns, round by round, so that a slow phase of the machine meets each of them.
 */
const architectures: Readonly<Record<string, Architecture>> = {
  'LSTM 64': { type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 },
  'LSTM 2 x 64': { type: 'lstm', hiddenSize: 64, numLayers: 2, dropout: 0 },
  'CNN-LSTM 32 filters x 5, 64': {
    type: 'cnn-lstm',
    filters: 32,
    kernelSize: 5,
    convolutions: 2,
    hiddenSize: 64,
    numLayers: 1,
    dropout: 0,
  },
  'Transformer 64, 4 heads, 2 blocks': {
    type: 'transformer',
    modelSize: 64,
    heads: 4,
    numLayers: 2,
    feedForwardSize: 128,
    positions: 'learned',
    dropout: 0,
  },
};
const [windowLength, features] = [30, 14];
const counts = [1, 32] as const;
const runsPerRound = { 1: 100, 32: 20 };
const rounds = 30;

interface Contender {
  readonly name: string;
  readonly bytes: number;
  readonly model: OnnxModel;
  readonly times: Readonly<Record<1 | 32, number[]>>;
}

async function contender(name: string, architecture: Architecture, regimeCount: number): Promise<Contender> {
  const regimes = regimeCount === 0 ? undefined : { count: regimeCount, conditions: 3 };
  const model = randomModel({ seed: 1, architecture, features, windowLength, columns: pointOnly, regimes });
  const file = exportSequenceModel(model);
  const title = `${name}${regimes ? `, ${regimeCount} regimes` : ''}`;
  return { name: title, bytes: file.length, model: await openModel(file), times: { 1: [], 32: [] } };
}

async function measure({ model, times }: Contender, count: 1 | 32, round: number): Promise<void> {
  const [, steps, width] = model.signature.inputs[0]!.shape as [number, number, number];
  const inputs = randomWindows(
    { windowLength: steps, features: Array.from({ length: width }, () => ({ name: '', unit: '-' })) },
    count,
    round,
  );
  for (let run = 0; run < runsPerRound[count]; run++) {
    const from = performance.now();
    await model.predict(inputs, count);
    if (round > 0) times[count].push(1000 * (performance.now() - from)); // round 0 warms up
  }
}

function row({ name, bytes, times }: Contender): string {
  const cells = counts.map((count) => {
    const sorted = times[count].toSorted((a, b) => a - b);
    const [p10, p50, p95] = [0.1, 0.5, 0.95].map((share) => sorted[Math.floor(share * sorted.length)]!.toFixed(0));
    return `${p10} / ${p50} / ${p95}`.padStart(22);
  });
  return `| ${name.padEnd(44)} | ${cells.join(' | ')} | ${(bytes / 1024).toFixed(0).padStart(8)} |`;
}

const contenders: Contender[] = [];
for (const [name, architecture] of Object.entries(architectures)) {
  for (const regimeCount of [0, 6]) contenders.push(await contender(name, architecture, regimeCount));
}
for (let round = 0; round <= rounds; round++) {
  for (const one of contenders) for (const count of counts) await measure(one, count, round);
}
console.log(`| ${'model'.padEnd(44)} | 1 window, us p10/50/95 | 32 windows, us         | file KiB |`);
console.log(`| ${'-'.repeat(44)} | ---------------------- | ---------------------- | -------- |`);
for (const one of contenders) {
  console.log(row(one));
  await one.model.close();
}
