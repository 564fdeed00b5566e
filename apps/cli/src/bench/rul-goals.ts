import { cmapssSubsets, type CmapssSubset } from '@i-drill/datasets';
import type { ModelType } from '@i-drill/training';
import { markSpread, type RulReport } from './rul-report.js';
import type { TextTable } from './table.js';

type Limits = Readonly<Record<CmapssSubset, number>>;

/** Which models a goal asks for, and the capped RMSE it allows. They were set before anything was trained. */
interface RulGoal {
  readonly name: string;
  readonly modelTypes: readonly ModelType[];
  readonly limits: Limits;
}

const goals: readonly RulGoal[] = [
  { name: 'lstm', modelTypes: ['lstm'], limits: { FD001: 14, FD002: 16, FD003: 14, FD004: 17 } },
  { name: 'cnn-lstm', modelTypes: ['cnn-lstm'], limits: { FD001: 12.6, FD002: 13.5, FD003: 12.1, FD004: 14.5 } },
  {
    name: 'the best of all',
    modelTypes: ['lstm', 'cnn-lstm', 'transformer'],
    limits: { FD001: 11.5, FD002: 12.3, FD003: 10.5, FD004: 13.1 },
  },
];

/** Whether the medians keep the goals: one row per goal, one column per subset, empty where nothing was run. */
export function goalTable(reports: readonly RulReport[]): TextTable {
  return {
    head: ['goal', ...cmapssSubsets],
    rows: goals.map(({ name, modelTypes, limits }) => [
      name,
      ...cmapssSubsets.map((subset) => {
        const asked = reports.filter((report) => report.subset === subset && modelTypes.includes(report.modelType));
        const medians = asked.map((report) => markSpread(report, 'rmseCapped').median);
        return medians.length === 0 ? '' : outcome(Math.min(...medians), limits[subset]);
      }),
    ]),
  };
}

/** Shares of test engines whose interval of 90 % should hold the true life, in percent. Set with the other goals. */
const coverageGoal = { low: 88, high: 92 } as const;

/** Whether the median coverage of each model keeps its goal: one row per model, one column per subset. */
export function coverageTable(reports: readonly RulReport[]): TextTable {
  const types = [...new Set(reports.map(({ modelType }) => modelType))];
  return {
    head: [`coverage, ${coverageGoal.low}-${coverageGoal.high} %`, ...cmapssSubsets],
    rows: types.map((modelType) => [
      modelType,
      ...cmapssSubsets.map((subset) => {
        const report = reports.find((one) => one.subset === subset && one.modelType === modelType);
        return report === undefined ? '' : coverageOutcome(100 * markSpread(report, 'coverage').median);
      }),
    ]),
  };
}

function coverageOutcome(percent: number): string {
  const reached = `${percent.toFixed(1)} %`;
  const { low, high } = coverageGoal;
  // Shares of whole engines: a median may lie at an end of the goal but for its last binary digit.
  if (percent > high + 1e-9) return `${reached}: above by ${(percent - high).toFixed(1)}`;
  return percent < low - 1e-9 ? `${reached}: below by ${(low - percent).toFixed(1)}` : `${reached}: met`;
}

function outcome(reached: number, limit: number): string {
  return reached <= limit ? `≤ ${limit}: met` : `≤ ${limit}: missed by ${(reached - limit).toFixed(2)}`;
}
