import { shuffledRows } from '../shuffled-rows.js';
import { clippingFactor } from '../gradient-norm.js';
import { noiseStream } from '../noise-streams.js';
import type { ActorCritic } from './actor-critic.js';
import { policyLoss, valueLoss, type PolicyLossReport } from './ppo-loss.js';
import type { PpoSettings } from './ppo-settings.js';

/** A rollout, ready to be learned from. Arrays begin with the rows. */
export interface LearningRows {
  readonly rows: number;
  /** Scaled. */
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** Settings with the schedules read at this moment. */
export interface ImproveSettings extends Omit<
  PpoSettings,
  'learningRate' | 'clipRange' | 'timesteps' | 'environments' | 'rolloutSteps'
> {
  readonly learningRate: number;
  readonly clipRange: number;
  readonly iteration: number;
}

/** PyTorch's Adam of PPO uses 1e-5 (Huang et al. 2022, detail 3). */
const adamEpsilon = 1e-5;

/** Some epochs over the rows in random order; ends early where the policy has gone too far. */
export function improve(networks: ActorCritic, rows: LearningRows, settings: ImproveSettings): Record<string, number> {
  const { epochs, batchSize, targetKl, seed, iteration } = settings;
  const batch = createBatch(rows, batchSize, networks.distribution.outputs);
  const sums: Record<string, number> = {};
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffledRows(rows.rows, { seed, stream: noiseStream('order'), step: iteration * epochs + epoch });
    for (let first = 0; first < rows.rows; first += batchSize) {
      batch.fill(order.subarray(first, first + batchSize));
      const report = gradientStep(networks, batch, settings);
      for (const [name, value] of Object.entries<number>({ ...report })) sums[name] = (sums[name] ?? 0) + value;
      steps++;
      if (targetKl !== null && report.klDivergence > 1.5 * targetKl) return means(sums, steps);
    }
  }
  return means(sums, steps);
}

function means(sums: Readonly<Record<string, number>>, steps: number): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / steps]));
}

interface Batch {
  size: number;
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly outputSlopes: Float32Array;
  readonly valueSlopes: Float32Array;
  /** Takes these rows. */
  fill(order: Int32Array): void;
}

function createBatch(rows: LearningRows, batchSize: number, outputs: number): Batch {
  const columns = ['observations', 'actions', 'logProbabilities', 'advantages', 'returns'] as const;
  const widths = columns.map((name) => rows[name].length / rows.rows);
  const arrays = columns.map((_, i) => new Float32Array(batchSize * widths[i]!));
  const [observations, actions, logProbabilities, advantages, returns] = arrays as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]; // prettier-ignore
  return {
    size: 0,
    observations,
    actions,
    logProbabilities,
    advantages,
    returns,
    outputSlopes: new Float32Array(batchSize * outputs),
    valueSlopes: new Float32Array(batchSize),
    fill(order) {
      this.size = order.length;
      columns.forEach((name, i) => {
        const [from, into, width] = [rows[name], arrays[i]!, widths[i]!];
        for (let row = 0; row < order.length; row++) {
          for (let k = 0; k < width; k++) into[row * width + k] = from[order[row]! * width + k]!;
        }
      });
    },
  };
}

function gradientStep(
  { actor, critic, logSpread, distribution, logSpreadSlopes }: ActorCritic,
  batch: Batch,
  settings: ImproveSettings,
): PolicyLossReport & { readonly valueLoss: number } {
  const { size, observations, valueSlopes, outputSlopes } = batch;
  if (settings.normaliseAdvantages) standardise(batch.advantages.subarray(0, size));
  const outputs = actor.forward(observations, size);
  logSpreadSlopes.fill(0);
  const report = policyLoss(distribution, { ...batch, rows: size, outputs }, settings, outputSlopes);
  actor.backward(outputSlopes, size);
  const values = critic.forward(observations, size);
  const value = valueLoss({ rows: size, values, returns: batch.returns }, settings.valueCoefficient, valueSlopes);
  critic.backward(valueSlopes, size);
  const networks = [actor, critic];
  if (logSpread !== undefined) {
    logSpread.forward(seesNothing, 1);
    logSpread.backward(logSpreadSlopes, 1);
    networks.push(logSpread);
  }
  const gradients = networks.map((network) => network.gradients);
  const gradientScale = clippingFactor(gradients, settings.maxGradientNorm);
  for (const network of networks) network.step({ learningRate: settings.learningRate, epsilon: adamEpsilon, gradientScale }); // prettier-ignore
  return { ...report, valueLoss: value };
}

const seesNothing = new Float32Array(1);

/** Zero mean and unit spread, in place; a single row, or rows that are all equal, only lose their mean. */
function standardise(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const spread = Math.sqrt(squares / Math.max(1, values.length - 1));
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / (spread + 1e-8);
}
