import { cmapssSubsets, type CmapssSubset } from '@i-drill/datasets';
import { scatterSvg, type Panel } from './plot.js';
import { rulProtocol } from './rul-protocol.js';
import { isComplete, isShortened, markSpread, medianSeed, type RulReport, type RulSeed } from './rul-report.js';
import { coverageTable, goalTable } from './rul-goals.js';
import { publishedTable, rulTable } from './rul-table.js';
import { spreadText } from './spread.js';
import { markdownTable } from './table.js';

/** A file of the page: its name and text. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
}

/** The page with all results, and one figure per subset. Shortened runs are left out; those of fewer seeds are named. */
export function rulPage(all: readonly RulReport[]): PageFile[] {
  const reports = all.filter((report) => !isShortened(report));
  const subsets = cmapssSubsets.filter((subset) => reports.some((report) => report.subset === subset));
  const figures = subsets.map((subset) => ({ name: `rul-${subset}.svg`, text: figure(subset, reports) }));
  return [{ name: 'rul.md', text: page(subsets, reports) }, ...figures];
}

function page(subsets: readonly CmapssSubset[], reports: readonly RulReport[]): string {
  return `${[
    '# Remaining useful life on C-MAPSS',
    '',
    'Written by `i-drill bench rul` from the `rul-*.json` files beside it, which hold every recipe and every single answer.',
    '',
    '```sh',
    'npx i-drill bench rul --subset all --model-type all --seeds 5 --jobs 2 # everything on this page',
    'npx i-drill bench rul --subset FD001 --model-type transformer --seeds 5 # one model on one subset',
    '```',
    '',
    ...protocolLines(),
    '## Results',
    '',
    'Median over the seeds, and their range. RMSE and MAE in cycles. "Capped": true lives above 125 count as 125, as labels do.',
    '',
    ...seedLines(reports),
    ...overview(subsets, reports),
    ...goalLines(reports),
    ...subsets.flatMap((subset) => subsetLines(subset, reports)),
    ...publishedLines(),
    ...machineLines(reports),
  ].join('\n')}\n`;
}

function protocolLines(): string[] {
  const { targetCap, windowLength, stride, folds, validationShare, coverage } = rulProtocol;
  return [
    '## Protocol',
    '',
    '- Judged on the last cycle of each engine of the test file, all engines, whatever their length.',
    `- Labels are cut at ${targetCap} cycles, and so are predictions, which are not below 0 either.`,
    '- Inputs: the 14 sensors that move with wear, the age of the engine in cycles, and on FD002 and FD004 the three settings.',
    `- Windows of ${windowLength} cycles, padded with the first row, one at every ${stride}th cycle to learn from.`,
    '- Operating conditions are found on the training engines (k-means on the settings), and each has a scaler of its own. One model has one preprocessing: it is fitted on all training engines, so a network knows mean and scale of its fold too.',
    `- A model is the mean of ${folds} networks, one per fold of the training engines. A network learns from the engines outside its fold; ${validationShare * 100} % of all engines, taken from those, choose its best epoch; on its fold it is calibrated.`,
    `- Intervals: absolute residuals on the held-out folds, split conformal by bins of prediction, coverage ${coverage * 100} % asked for, without the allowance for few engines (\`asymptotic\`). They are to hold the true life cut at ${targetCap}. The mean of the networks is a little better than each, so they may hold it more often than asked.`,
    '- The seed draws folds, validation engines, first weights, the order of windows and what is dropped.',
    '- Every choice, from the length of windows to the learning rate, was made on engines held out of the training files: [how](rul-recipes.md).',
    '',
  ];
}

function seedLines(reports: readonly RulReport[]): string[] {
  const fewer = reports.filter((report) => !isComplete(report)).length;
  if (fewer === 0) return [];
  return [
    `**${fewer} of these ${reports.length} results are of fewer seeds than the ${rulProtocol.seeds} declared; the tables say of how many.**`,
    '',
  ];
}

function goalLines(reports: readonly RulReport[]): string[] {
  return [
    'Goals for the median of the capped RMSE:',
    '',
    ...markdownTable(goalTable(reports)),
    '',
    'Goal for the median coverage of the 90 % intervals. Counted over 100 engines (FD001, FD003) a coverage of 90 % has a standard error of 3.0 %, over 259 and 248 (FD002, FD004) of 1.9 %:',
    '',
    ...markdownTable(coverageTable(reports)),
    '',
  ];
}

function overview(subsets: readonly CmapssSubset[], reports: readonly RulReport[]): string[] {
  const types = [...new Set(reports.map(({ modelType }) => modelType))];
  const cell = (modelType: string, subset: CmapssSubset): string => {
    const report = reports.find((one) => one.modelType === modelType && one.subset === subset);
    return report === undefined ? '' : spreadText(markSpread(report, 'rmseCapped'), 2);
  };
  const rows = types.map((modelType) => [modelType, ...subsets.map((subset) => cell(modelType, subset))]);
  return [...markdownTable({ head: ['RMSE, capped', ...subsets], rows }), ''];
}

function subsetLines(subset: CmapssSubset, reports: readonly RulReport[]): string[] {
  return [
    `### ${subset}`,
    '',
    ...markdownTable(rulTable(subset, reports)),
    '',
    `![Predicted against true remaining life of the test engines of ${subset}](rul-${subset}.svg)`,
    '',
  ];
}

function publishedLines(): string[] {
  return [
    '## Published',
    '',
    'RMSE as papers state it. They differ in cap and window, and in whether true lives of test engines are cut, which on FD002 and FD004 alone moves the figure by 11 to 12 cycles: compare with care.',
    '',
    ...markdownTable(publishedTable()),
    '',
  ];
}

function machineLines(reports: readonly RulReport[]): string[] {
  const lines = reports.flatMap(({ seeds }) => seeds.map(machineLine));
  return ['## Where', '', ...new Set(lines)];
}

function machineLine({ machine, revision }: RulSeed): string {
  const { processor, cores, node, backend } = machine;
  return `- ${processor}, ${cores} cores, Node ${node}, backend \`${backend}\`, revision ${revision.slice(0, 12)}`;
}

function figure(subset: CmapssSubset, reports: readonly RulReport[]): string {
  const panels = reports.filter((report) => report.subset === subset).map(panel);
  const axes = {
    xLabel: 'true remaining life, cycles',
    yLabel: 'predicted',
    maximum: 200,
    ticks: [0, 50, 100, 125, 150, 200],
  };
  return scatterSvg({ ...axes, panels });
}

function panel(report: RulReport): Panel {
  const { seed, answers } = medianSeed(report);
  const points = answers.map(({ actual, predicted, lower, upper }) => ({
    x: actual,
    y: predicted,
    from: lower,
    to: upper,
  }));
  return { title: `${report.subset}, ${report.modelType}, seed ${seed}`, points };
}
