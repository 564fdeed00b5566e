import { exportSequenceModel, openModel } from '@i-drill/onnx';
import type { Architecture } from '@i-drill/training';
import { pointOnly, randomModel, randomWindows } from '../src/testing/random-model.js';

/**
 * Latency of exported models in onnxruntime on the CPU with one thread: median and 95th percentile of `predict` for one window
 * and for 32, windows of 30 rows and 14 features. Each size is measured in rounds that take turns, so that a slow phase of
 * the machine meets all of them.
 */
const architectures: Readonly<Record<string, Architecture>> = {
  'LSTM 64': { type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 },
  'LSTM 64, two layers': { type: 'lstm', hiddenSize: 64, numLayers: 2, dropout: 0 },
  'CNN-LSTM 32 filters, 64': {
    type: 'cnn-lstm',
    filters: 32,
    kernelSize: 5,
    convolutions: 2,
    hiddenSize: 64,
    numLayers: 1,
    dropout: 0,
  },
  'Transformer 64, 4 heads, two blocks': {
    type: 'transformer',
    modelSize: 64,
    heads: 4,
    numLayers: 2,
    feedForwardSize: 128,
    positions: 'learned',
    dropout: 0,
  },
};
const rounds = 20;
const runsPerRound = { 1: 200, 32: 40 } as const;

for (const [name, architecture] of Object.entries(architectures)) {
  for (const regimes of [undefined, { count: 6, conditions: 3 }]) {
    const model = randomModel({ seed: 1, architecture, features: 14, windowLength: 30, columns: pointOnly, regimes });
    const bytes = exportSequenceModel(model);
    const opened = await openModel(bytes);
    const times: Record<1 | 32, number[]> = { 1: [], 32: [] };
    for (let round = -1; round < rounds; round++) {
      for (const count of [1, 32] as const) {
        const inputs = randomWindows(model.preprocessing, count, round + 2);
        for (let run = 0; run < runsPerRound[count]; run++) {
          const from = performance.now();
          await opened.predict(inputs, count);
          if (round >= 0) times[count].push(performance.now() - from); // round -1 warms up
        }
      }
    }
    await opened.close();
    const cells = ([1, 32] as const).map((count) => `b${count} ${describe(times[count])}`).join('  ');
    console.log(
      `${name.padEnd(38)} ${regimes ? '6 regimes ' : 'one scaler'}  ${cells}  ${(bytes.length / 1024).toFixed(0)} KiB`,
    );
  }
}

function describe(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * sorted.length)]! * 1000).toFixed(0).padStart(5);
  return `p50 ${at(0.5)} us, p95 ${at(0.95)} us`;
}
