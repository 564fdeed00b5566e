import { normalsAt } from '@i-drill/numerics';
import { noiseStream } from '../noise-streams.js';
import type { ReplayBatch } from './replay-buffer.js';
import { criticLoss, softTargets, temperatureSlope } from './sac-loss.js';
import type { SacSettings } from './sac-settings.js';
import { follow, type SoftNetworks } from './soft-networks.js';
import { drawSquashed, squashedSlopes, type SquashedBatch } from './squashed-gaussian.js';

/** One gradient step of all networks. */
export type SoftUpdate = (batch: ReplayBatch, at: UpdatePlace) => SoftUpdateReport;

/** Which step it is, and how long. */
interface UpdatePlace {
  readonly update: number;
  readonly learningRate: number;
}

/** What an update is watched by. */
export interface SoftUpdateReport {
  readonly criticLoss: number;
  /** −mean[log π], nats. */
  readonly entropy: number;
  readonly temperature: number;
}

/**
 * A gradient step of soft actor-critic (Haarnoja et al. 2018, arXiv:1812.05905, algorithm 1): temperature, critics, actor,
 * targets, in the order of stable-baselines3. All scratch memory is taken once.
 */
export function softUpdate(networks: SoftNetworks, settings: SacSettings): SoftUpdate {
  const { actor, critics, targets, logTemperature } = networks;
  const { batchSize: rows, seed, gamma, tau } = settings;
  const observed = actor.layers[0]!.inputs;
  const width = actor.layers.at(-1)!.outputs / 2;
  const targetEntropy = settings.targetEntropy === 'auto' ? -width : settings.targetEntropy;
  const joined = new Float32Array(rows * (observed + width));
  const [now, next] = [draw(rows, width), draw(rows, width)];
  const targetValues = new Float32Array(rows);
  const [valueSlopes, ones] = [new Float32Array(rows), new Float32Array(rows).fill(-1)];
  const actionSlopes = new Float32Array(rows * width);
  const outputSlopes = new Float32Array(rows * 2 * width);
  const valuesA = new Float32Array(rows);

  function act(observations: Float32Array, into: SquashedBatch, step: number): SquashedBatch {
    const drawn = { ...into, outputs: actor.forward(observations, rows) };
    normalsAt(into.noise, seed, noiseStream('update'), step);
    drawSquashed(drawn);
    return drawn;
  }

  function learnTemperature({ logProbabilities }: SquashedBatch, learningRate: number): number {
    const temperature = Math.exp(logTemperature.parameters[1]!);
    if (settings.temperature !== 'auto') return temperature;
    logTemperature.forward(seesNothing, 1);
    logTemperature.backward(Float32Array.of(temperatureSlope(logProbabilities, rows, targetEntropy)), 1);
    logTemperature.step({ learningRate });
    return temperature;
  }

  function learnCritics(
    batch: ReplayBatch,
    { actions, logProbabilities }: SquashedBatch,
    temperature: number,
    learningRate: number,
  ): number {
    join(batch.observationsNext, actions, joined, observed);
    valuesA.set(targets[0].forward(joined, rows));
    const valuesB = targets[1].forward(joined, rows);
    softTargets({ ...batch, rows, valuesA, valuesB, logProbabilities }, { gamma, temperature }, targetValues);
    join(batch.observations, batch.actions, joined, observed);
    let loss = 0;
    for (const critic of critics) {
      loss += criticLoss(critic.forward(joined, rows), targetValues, rows, valueSlopes);
      critic.backward(valueSlopes, rows);
      critic.step({ learningRate });
    }
    return loss / 2;
  }

  function learnActor(batch: ReplayBatch, drawn: SquashedBatch, learningRate: number, temperature: number): void {
    join(batch.observations, drawn.actions, joined, observed);
    valuesA.set(critics[0].forward(joined, rows));
    const valuesB = critics[1].forward(joined, rows);
    for (const [i, critic] of critics.entries()) {
      const slopes = critic.backward(ones, rows, 'inputs');
      for (let row = 0; row < rows; row++) {
        if (valuesA[row]! <= valuesB[row]! !== (i === 0)) continue;
        for (let k = 0; k < width; k++) {
          actionSlopes[row * width + k] = slopes[row * (observed + width) + observed + k]!;
        }
      }
    }
    squashedSlopes(drawn, temperature, actionSlopes, outputSlopes);
    actor.backward(outputSlopes, rows);
    actor.step({ learningRate });
  }

  return (batch, { update, learningRate }) => {
    const following = act(batch.observationsNext, next, 2 * update + 1);
    // Last, since the actor derives for the rows it has answered last.
    const meant = act(batch.observations, now, 2 * update);
    const temperature = learnTemperature(meant, learningRate);
    const loss = learnCritics(batch, following, temperature, learningRate);
    learnActor(batch, meant, learningRate, temperature);
    targets.forEach((target, i) => {
      follow(target.parameters, critics[i]!.parameters, tau);
    });
    return { criticLoss: loss, entropy: -mean(meant.logProbabilities), temperature };
  };
}

const seesNothing = new Float32Array(1);

function draw(rows: number, width: number): SquashedBatch {
  return {
    rows,
    width,
    outputs: new Float32Array(),
    noise: new Float64Array(rows * width),
    actions: new Float32Array(rows * width),
    logProbabilities: new Float32Array(rows),
  };
}

/** States and actions side by side, [rows, O + A]. */
function join(observations: Float32Array, actions: Float32Array, into: Float32Array, observed: number): void {
  const rows = observations.length / observed;
  const width = actions.length / rows;
  for (let row = 0; row < rows; row++) {
    const at = row * (observed + width);
    for (let k = 0; k < observed; k++) into[at + k] = observations[row * observed + k]!;
    for (let k = 0; k < width; k++) into[at + observed + k] = actions[row * width + k]!;
  }
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
