import { cmapssSubsets, type CmapssSubset } from '@i-drill/datasets';
import { markSpread, medianSeed, type RulReport } from './rul-report.js';
import { publishedRul } from './rul-published.js';
import { spreadText } from './spread.js';
import type { TextTable } from './table.js';

const head = [
  'model',
  'seeds',
  'RMSE, capped',
  'RMSE, uncapped',
  'MAE, capped',
  'PHM08 score, capped',
  'coverage of 90 %',
  'width, cycles',
] as const;

/** Our models on one subset, median and range over the seeds, beside the trivial baseline. */
export function rulTable(subset: CmapssSubset, reports: readonly RulReport[]): TextTable {
  const ours = reports.filter((report) => report.subset === subset);
  return {
    head,
    rows: [...ours.map(reportRow), ...ours.slice(0, 1).map(meanLifeRow)],
  };
}

/** RMSE as published. */
export function publishedTable(): TextTable {
  return {
    head: ['model', ...cmapssSubsets],
    rows: publishedRul.map(({ model, rmse }) => [model, ...cmapssSubsets.map((subset) => rmse[subset].toFixed(2))]),
  };
}

function reportRow(report: RulReport): string[] {
  const text = (mark: Parameters<typeof markSpread>[1], digits: number): string =>
    spreadText(markSpread(report, mark), digits);
  return [
    `${report.modelType}, here`,
    String(report.seeds.length),
    text('rmseCapped', 2),
    text('rmseUncapped', 2),
    text('maeCapped', 2),
    text('phmCapped', 0),
    text('coverage', 3),
    text('width', 1),
  ];
}

function meanLifeRow(report: RulReport): string[] {
  const { rmseCapped, rmseUncapped, maeCapped, phmCapped } = medianSeed(report).meanLife;
  const figures = [rmseCapped, rmseUncapped, maeCapped].map((value) => value.toFixed(2));
  return ['mean life minus age', '', ...figures, phmCapped.toFixed(0), '', ''];
}
