import { loadCmapss, type CmapssSubset } from '@i-drill/datasets';
import { selectBackend, type BackendName, type ModelType } from '@i-drill/training';
import type { Output } from '../output.js';
import { gitCommit } from '../wiring/provenance.js';
import { systemClock } from '../wiring/system-clock.js';
import { inTurns } from './in-turns.js';
import { machine } from './machine.js';
import { rulRecipe } from './rul-protocol.js';
import { rulReport, type RulReport, type Shortening } from './rul-report.js';
import { runRulSeed, type RulSeedResult } from './rul-run.js';
import { ownProcess } from './seed-process.js';

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
  const pairs = subsets.flatMap((subset) => modelTypes.map((modelType) => ({ subset, modelType })));
  const parts = pairs.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed })));
  const run = jobs > 1 && parts.length > 1 ? inProcess : await inHere(options, output);
  const reports = await inTurns(parts, jobs, async (part) => {
    const report = await run(part, options);
    output.progress(partLine(part, report.seeds[0]!));
    return report;
  });
  return pairs.map(({ subset, modelType }) => {
    const own = reports.filter((report) => report.subset === subset && report.modelType === modelType);
    return rulReport({ ...own[0]!, shortened, seeds: own.flatMap((report) => report.seeds) });
  });
}

type RunPart = (part: Part, options: RulBenchOptions) => Promise<RulReport>;

async function inHere({ backend }: RulBenchOptions, output: Output): Promise<RunPart> {
  const { name } = await selectBackend(backend && [backend]);
  return async ({ subset, modelType, seed }, { data, shortened }) => {
    const { epochs, limitUnits } = shortened;
    const result = await runRulSeed({
      data: await loadCmapss({ dir: data, subset, ...(limitUnits === undefined ? {} : { limitUnits }) }),
      subset,
      recipe: rulRecipe(modelType, subset, epochs),
      seed,
      clock: systemClock,
      onEpoch: (network, { epoch, epochs: of, validationRmse, windowsPerSecond }) => {
        if (epoch < of) return;
        const rmse = validationRmse?.toFixed(2) ?? '';
        output.progress(`  network ${network}: validation RMSE ${rmse}, ${Math.round(windowsPerSecond)} windows/s`);
      },
    });
    return rulReport({ subset, modelType, shortened, revision: gitCommit(), machine: machine(name), seeds: [result] });
  };
}

const inProcess: RunPart = async ({ subset, modelType, seed }, { data, shortened, backend }) => {
  const { epochs, limitUnits } = shortened;
  const flags = { subset, 'model-type': modelType, seed, data, backend, epochs, 'limit-units': limitUnits };
  const given = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  const answer = (await ownProcess(['bench', 'rul', ...given])) as { readonly reports: RulReport[] };
  return answer.reports[0]!;
};

function partLine({ subset, modelType, seed }: Part, { marks, trainingSeconds }: RulSeedResult): string {
  const { rmseCapped, coverage } = marks;
  return `${subset} ${modelType} seed ${seed}: RMSE ${rmseCapped.toFixed(2)} (capped), coverage ${coverage.toFixed(3)}, ${trainingSeconds.toFixed(0)} s`;
}
