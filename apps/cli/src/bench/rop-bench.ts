import type { Clock } from '@i-drill/core';
import { selectBackend, type BackendName, type ModelType } from '@i-drill/training';
import { join } from 'node:path';
import type { Output } from '../output.js';
import { gitCommit } from '../wiring/provenance.js';
import { systemClock } from '../wiring/system-clock.js';
import { machine } from './machine.js';
import { holdLast, pooledError, rawNeighbours, scaledNeighbours, type Predictor } from './rop-baselines.js';
import { chunksOf, forgeLogs, usropLogs, type DrillingLog } from './rop-log.js';
import { predictChunk } from './rop-model.js';
import { ropRecipe, type RopDataset, type RopRecipe } from './rop-protocol.js';
import type { RopReport, RopWellResult } from './rop-report.js';

/** What of the benchmark is run. */
export interface RopBenchOptions {
  /** Folder with the folders `usrop` and `utah_forge_58_32`. */
  readonly data: string;
  readonly dataset: RopDataset;
  /** Only these wells. @default all */
  readonly wells?: readonly string[];
  readonly modelTypes: readonly ModelType[];
  readonly seeds: readonly number[];
  readonly backend?: BackendName;
}

/** Trains and scores everything that is asked for, well after well. */
export async function runRopBench(options: RopBenchOptions, output: Output): Promise<RopReport> {
  const { data, dataset, modelTypes, seeds, backend } = options;
  const { name } = await selectBackend(backend && [backend]);
  const logs =
    dataset === 'usrop' ? await usropLogs(join(data, 'usrop')) : await forgeLogs(join(data, 'utah_forge_58_32'));
  const recipes = Object.fromEntries(modelTypes.map((type) => [type, ropRecipe(type, dataset)]));
  const wells: RopWellResult[] = [];
  for (const log of logs.filter((one) => options.wells?.includes(one.name) ?? true)) {
    const result = await runWell(log, { recipes, seeds, clock: systemClock });
    output.progress(
      `${log.name}: hold-last ${result.holdLast.toFixed(2)}, networks ${result.ensemble.toFixed(2)} m/h, ${result.trainingSeconds.toFixed(0)} s`,
    );
    wells.push(result);
  }
  return { benchmark: 'rop', dataset, seeds, recipes, revision: gitCommit(), machine: machine(name), wells };
}

interface WellRun {
  readonly recipes: Readonly<Record<string, RopRecipe>>;
  readonly seeds: readonly number[];
  readonly clock: Clock;
}

/** Every chunk of a well, each model type and seed trained anew before it. */
async function runWell(log: DrillingLog, { recipes, seeds, clock }: WellRun): Promise<RopWellResult> {
  const chunks = chunksOf(log);
  const startedMs = clock.now();
  const answers: Float32Array[][] = [];
  const networks: Record<string, number[]> = {};
  for (const [type, recipe] of Object.entries(recipes)) {
    networks[type] = [];
    for (const seed of seeds) {
      const predictions: Float32Array[] = [];
      for (const chunk of chunks) predictions.push(await predictChunk({ log, chunk, recipe, seed, clock }));
      networks[type].push(pooledError(log, predictions));
      answers.push(predictions);
    }
  }
  const baseline = (predict: Predictor): number => pooledError(log, chunks.map((chunk) => predict(log, chunk))); // prettier-ignore
  return {
    well: log.name,
    rows: log.rop.length,
    chunks: chunks.length,
    chunkRows: log.chunkRows,
    holdLast: baseline(holdLast),
    rawNeighbours: baseline(rawNeighbours),
    scaledNeighbours: baseline(scaledNeighbours),
    networks,
    ensemble: pooledError(log, chunks.map((_, k) => meanAnswer(answers.map((predictions) => predictions[k]!)))), // prettier-ignore
    trainingSeconds: (clock.now() - startedMs) / 1000,
  };
}

function meanAnswer(answers: readonly Float32Array[]): Float32Array {
  return answers[0]!.map((_, row) => answers.reduce((sum, answer) => sum + answer[row]!, 0) / answers.length);
}
