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

function outcome(reached: number, limit: number): string {
  return reached <= limit ? `≤ ${limit}: met` : `≤ ${limit}: missed by ${(reached - limit).toFixed(2)}`;
}
