import { loadCmapss, type CmapssDatasets, type CmapssSubset } from '@i-drill/datasets';
import { selectBackend, type BackendName, type ModelType } from '@i-drill/training';
import type { Output } from '../output.js';
import { gitCommit } from '../wiring/provenance.js';
import { systemClock } from '../wiring/system-clock.js';
import { inTurns } from './in-turns.js';
import { jsonFromProcess, ownCommand } from './json-process.js';
import { machine } from './machine.js';
import { rulRecipe } from './rul-protocol.js';
import { rulReport, type RulReport, type Shortening } from './rul-report.js';
import { runRulSeed, type RulSeedResult } from './rul-run.js';

/** What of the benchmark is run. */
export interface RulBenchOptions {
  /** Folder with the files of C-MAPSS. */
  readonly data: string;
  readonly subsets: readonly CmapssSubset[];
  readonly modelTypes: readonly ModelType[];
  readonly seeds: readonly number[];
  readonly shortened: Shortening;
  readonly backend?: BackendName;
  /** Seeds trained at the same time, each in a process of its own where it is more than 1. */
  readonly jobs: number;
}

/** One seed of one model on one subset. */
interface Part {
  readonly subset: CmapssSubset;
  readonly modelType: ModelType;
  readonly seed: number;
}

/** Trains and scores everything that is asked for; one report per model and subset. */
export async function runRulBench(options: RulBenchOptions, output: Output): Promise<RulReport[]> {
  const { subsets, modelTypes, seeds, shortened, jobs } = options;
  const data = await loadSubsets(options); // here too where other processes train: what is wrong with it is told once
  const pairs = subsets.flatMap((subset) => modelTypes.map((modelType) => ({ subset, modelType })));
  const parts = pairs.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed })));
  const run = jobs > 1 && parts.length > 1 ? partElsewhere(options) : await partHere(options, data, output);
  const reports = await inTurns(parts, jobs, async (part) => {
    const report = await run(part);
    output.progress(partLine(part, report.seeds[0]!));
    return report;
  });
  return pairs.map(({ subset, modelType }) => {
    const own = reports.filter((report) => report.subset === subset && report.modelType === modelType);
    return rulReport({ ...own[0]!, shortened, seeds: own.flatMap((report) => report.seeds) });
  });
}

type Subsets = ReadonlyMap<CmapssSubset, CmapssDatasets>;
type RunPart = (part: Part) => Promise<RulReport>;

async function loadSubsets({ data, subsets, shortened: { limitUnits } }: RulBenchOptions): Promise<Subsets> {
  const limit = limitUnits === undefined ? {} : { limitUnits };
  const loaded = new Map<CmapssSubset, CmapssDatasets>();
  for (const subset of subsets) loaded.set(subset, await loadCmapss({ dir: data, subset, ...limit }));
  return loaded;
}

/** Trains in this process. */
async function partHere({ backend, shortened }: RulBenchOptions, data: Subsets, output: Output): Promise<RunPart> {
  const { name } = await selectBackend(backend && [backend]);
  return async ({ subset, modelType, seed }) => {
    const result = await runRulSeed({
      data: data.get(subset)!,
      subset,
      recipe: rulRecipe(modelType, subset, shortened.epochs),
      seed,
      clock: systemClock,
      onEpoch: (network, { epoch, epochs, validationRmse, windowsPerSecond }) => {
        if (epoch < epochs) return;
        const rmse = validationRmse?.toFixed(2) ?? '';
        output.progress(`  network ${network}: validation RMSE ${rmse}, ${Math.round(windowsPerSecond)} windows/s`);
      },
    });
    const trained = { ...result, revision: gitCommit(), machine: machine(name) };
    return rulReport({ subset, modelType, shortened, seeds: [trained] });
  };
}

/** Trains in a process of its own. */
function partElsewhere({ data, backend, shortened: { epochs, limitUnits } }: RulBenchOptions): RunPart {
  return async ({ subset, modelType, seed }) => {
    const flags = { subset, 'model-type': modelType, seed, data, backend, epochs, 'limit-units': limitUnits };
    const given = Object.entries(flags).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    );
    const answer = await jsonFromProcess(ownCommand(['bench', 'rul', ...given, '--json']));
    return (answer as { readonly reports: [RulReport] }).reports[0];
  };
}

function partLine({ subset, modelType, seed }: Part, { marks, trainingSeconds }: RulSeedResult): string {
  const { rmseCapped, coverage } = marks;
  return `${subset} ${modelType} seed ${seed}: RMSE ${rmseCapped.toFixed(2)} (capped), coverage ${coverage.toFixed(3)}, ${trainingSeconds.toFixed(0)} s`;
}
