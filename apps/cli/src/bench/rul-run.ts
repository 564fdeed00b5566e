import type { Clock, SensorDataset } from '@i-drill/core';
import type { CmapssDatasets, CmapssSubset } from '@i-drill/datasets';
import {
  makeWindows,
  predictedBounds,
  predictOutputs,
  type EpochProgress,
  type SequenceModel,
} from '@i-drill/training';
import { trivialBaseline } from '@i-drill/workflows';
import { clipped, crossFit, type CrossFitRequest } from './cross-fit.js';
import { rulInputs } from './rul-inputs.js';
import { intervalMarks, rulMarks, type EngineAnswer, type IntervalMarks, type RulMarks } from './rul-marks.js';
import { rulProtocol, type RulRecipe } from './rul-protocol.js';

/** What one seed gives. */
export interface RulSeedResult {
  readonly seed: number;
  readonly marks: RulMarks & IntervalMarks;
  /** Mean life of the training engines minus age, cut at the cap: what a model must beat. */
  readonly meanLife: RulMarks;
  /** Wall-clock seconds of training. */
  readonly trainingSeconds: number;
  /** In the order of the file. */
  readonly answers: readonly EngineAnswer[];
}

/** One seed of the benchmark. */
export interface RulRunRequest {
  readonly data: CmapssDatasets;
  readonly subset: CmapssSubset;
  readonly recipe: RulRecipe;
  readonly seed: number;
  readonly clock: Clock;
  readonly onEpoch?: (network: number, progress: EpochProgress) => void;
}

/**
 * Trains on the training engines and answers for the last cycle of every test engine. The test part is read here for the
 * first time, after training.
 */
export async function runRulSeed(request: RulRunRequest): Promise<RulSeedResult> {
  const startedMs = request.clock.now();
  const model = await crossFit(...crossFitOf(request));
  return examined(request, model, (request.clock.now() - startedMs) / 1000);
}

/** What is cross-fitted, and how. */
function crossFitOf({ data, subset, recipe, seed, clock, onEpoch }: RulRunRequest): [SensorDataset, CrossFitRequest] {
  const { targetCap, coverage } = rulProtocol;
  const interval = { method: 'split-conformal', coverage, guarantee: 'asymptotic', minimum: 0, maximum: targetCap } as const; // prettier-ignore
  const request = { ...rulProtocol, recipe, interval, seed, clock, ...(onEpoch && { onEpoch }) };
  return [rulInputs(data.train, conditionsOf(subset)), request];
}

/** What a trained model says about the test engines. */
function examined({ data, subset, seed }: RulRunRequest, model: SequenceModel, trainingSeconds: number): RulSeedResult {
  const { targetCap } = rulProtocol;
  const answers = engineAnswers(model, rulInputs(data.test, conditionsOf(subset)));
  const actual = answers.map((answer) => answer.actual);
  const predicted = answers.map((answer) => answer.predicted);
  return {
    seed,
    marks: { ...rulMarks(actual, predicted, targetCap), ...intervalMarks(answers, targetCap) },
    meanLife: rulMarks(actual, meanLifeAnswers(data), targetCap),
    trainingSeconds,
    answers,
  };
}

function conditionsOf(subset: CmapssSubset): 'one' | 'several' {
  return subset === 'FD001' || subset === 'FD003' ? 'one' : 'several';
}

function engineAnswers(model: SequenceModel, test: SensorDataset): EngineAnswer[] {
  const { targetCap, windowLength } = rulProtocol;
  const windows = makeWindows(test, { windowLength, only: 'last-row' });
  const outputs = predictOutputs(model, windows);
  const prediction = clipped(outputs.prediction, targetCap);
  const bounds = predictedBounds(model, { ...outputs, prediction })!;
  return Array.from(prediction, (predicted, engine) => ({
    unit: windows.units[windows.unitOf[engine]!]!,
    actual: windows.targets[engine]!,
    predicted: rounded(predicted),
    lower: rounded(bounds.lower[engine]!),
    upper: rounded(bounds.upper[engine]!),
  }));
}

function meanLifeAnswers({ train, test }: CmapssDatasets): number[] {
  const { predict } = trivialBaseline(train, rulProtocol.targetCap);
  return test.segments.map((segment) => predict(segment, segment.rows - 1));
}

/** Hundredths of a cycle: what is written is what is scored. */
function rounded(cycles: number): number {
  return Math.round(cycles * 100) / 100;
}
