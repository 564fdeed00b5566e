import { mean } from '@i-drill/numerics';
import { modelTypes, type ModelType } from '@i-drill/training';
import { publishedBoosting, wellsByRule, type RopReport, type RopWellResult } from './rop-report.js';
import { spread, spreadText } from './spread.js';
import type { TextTable } from './table.js';

/** Mean absolute errors per well, in m/h; networks with median and range over the seeds. */
export function ropTable({ dataset, wells }: RopReport): TextTable {
  const types = modelTypes.filter((type) => wells.every(({ networks }) => networks[type] !== undefined));
  const head = ['well', 'chunks', 'hold-last', 'kNN', 'kNN, scaled', ...types, 'all networks'];
  const rows = wells.map((result) => wellRow(result, types));
  if (dataset === 'forge') return { head, rows };
  const published = ({ well }: RopWellResult): string => publishedBoosting[well]?.toFixed(2) ?? '';
  return {
    head: [...head, 'boosting, published'],
    rows: [
      ...rows.map((row, i) => [...row, published(wells[i]!)]),
      [
        ...meanRow('mean, 30 m', wellsByRule(wells, 'length'), types),
        mean(Object.values(publishedBoosting)).toFixed(2),
      ],
      [...meanRow('mean, 577 rows', wellsByRule(wells, 'rows'), types), ''],
    ],
  };
}

/** Mean error over the wells of the mean answer of all networks. */
export function ensembleMean(wells: readonly RopWellResult[]): number {
  return mean(wells.map(({ ensemble }) => ensemble));
}

function wellRow(result: RopWellResult, types: readonly ModelType[]): string[] {
  const { well, chunks, holdLast, rawNeighbours, scaledNeighbours, networks, ensemble } = result;
  return [
    well,
    String(chunks),
    ...[holdLast, rawNeighbours, scaledNeighbours].map((error) => error.toFixed(2)),
    ...types.map((type) => spreadText(spread(networks[type]!), 2)),
    ensemble.toFixed(2),
  ];
}

function meanRow(name: string, wells: readonly RopWellResult[], types: readonly ModelType[]): string[] {
  const over = (value: (result: RopWellResult) => number): string => mean(wells.map(value)).toFixed(2);
  const seeds = (type: ModelType): number[] =>
    wells[0]!.networks[type]!.map((_, seed) => mean(wells.map(({ networks }) => networks[type]![seed]!)));
  return [
    name,
    '',
    over((result) => result.holdLast),
    over((result) => result.rawNeighbours),
    over((result) => result.scaledNeighbours),
    ...types.map((type) => spreadText(spread(seeds(type)), 2)),
    over((result) => result.ensemble),
  ];
}
