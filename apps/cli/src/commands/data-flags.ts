import { modelTypes, type ModelType } from '@i-drill/training';
import { Option, type Command } from 'commander';
import type { DataPlan } from '../wiring/data-plan.js';
import { modelTypeOf } from '../wiring/model-plan.js';
import { modelNameFlag, risingNumbers, wholeNumber } from './common-flags.js';

/** Flags that say what to train, on what. */
export interface TrainFlags {
  readonly modelType: ModelType;
  readonly modelName?: string;
  readonly experiment?: string;
  readonly dataset?: DataPlan['dataset'];
  readonly subset?: 'FD001' | 'FD002' | 'FD003' | 'FD004';
  readonly data?: string;
  readonly limitUnits?: number;
  readonly classBounds?: readonly number[];
  readonly epochs?: number;
  readonly seed?: number;
}

const datasets: readonly DataPlan['dataset'][] = ['bit-runs', 'cmapss', 'usrop', 'forge', 'idrill-synthetic', 'table'];

/** `--model-type`; a type that is none is refused with its own error code, whatever else is wrong. */
export function modelTypeOption(description = 'kind of model'): Option {
  return new Option('--model-type <type>', description).choices(modelTypes).argParser(modelTypeOf);
}

/** Adds the flags that say what to train, on what. */
export function withTrainFlags(command: Command): Command {
  return command
    .addOption(modelTypeOption().default('lstm'))
    .option('--model-name <name>', 'registered model; default: <dataset>_<type>', modelNameFlag)
    .option('--experiment <name>', 'MLflow experiment; default: from the configuration')
    .addOption(new Option('--dataset <name>', 'data set; default: from the configuration').choices(datasets))
    .addOption(
      new Option('--subset <name>', 'subset of C-MAPSS; default: from the configuration').choices([
        'FD001',
        'FD002',
        'FD003',
        'FD004',
      ]),
    )
    .option(
      '--data <path>',
      'folder with the files of the data set, or the file of `table`; default: its folder in data.directory of the configuration, data.table.file',
    )
    .option(
      '--limit-units <n>',
      'use only the first n units (a shortened run; not of usrop, forge and table)',
      wholeNumber(3),
    )
    .option(
      '--class-bounds <numbers>',
      'predict a class of the target in place of the number: `30` whether at most 30 remain, `15,30` three classes; default: data.classes of the configuration',
      risingNumbers,
    )
    .option('--epochs <n>', 'most passes over the training windows; default: from the configuration', wholeNumber(1))
    .option('--seed <n>', 'seed of split, weights and batches; default: from the configuration', wholeNumber(0));
}

/** The registered model's name: as given, else data set and model type. */
export function modelNameOf(flags: Pick<TrainFlags, 'modelName' | 'modelType'>, plan: DataPlan): string {
  return flags.modelName ?? `${plan.dataset}_${flags.modelType}`;
}
