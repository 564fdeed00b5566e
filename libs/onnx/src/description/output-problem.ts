import type { PredictionInterval } from '@i-drill/core';
import type { OutputColumn } from '@i-drill/training';
import { classNames, intervalColumns, pointColumn } from './columns.js';
import type { ModelMetadata } from './model-metadata.js';
import { valuesProblem } from './preprocessing-problem.js';

/** What is wrong with the columns, the classes and the interval of a model; `undefined` if nothing. */
export function outputProblem({ columns, preprocessing, interval }: OutputDescription): string | undefined {
  const classes = preprocessing.classes ?? [];
  if (classes.join('\n') !== classNames(columns).join('\n')) {
    return `its columns are of the classes ${listed(classNames(columns))}, its preprocessing has ${listed(classes)}`;
  }
  if (classes.length > 0) return classProblem(columns, interval);
  if (pointColumn(columns) < 0) return 'it has neither a point nor a median among its columns';
  return interval === undefined ? undefined : intervalProblem(interval, columns);
}

type OutputDescription = Pick<ModelMetadata, 'columns' | 'preprocessing' | 'interval'>;

function classProblem(columns: readonly OutputColumn[], interval: PredictionInterval | undefined): string | undefined {
  if (columns.length !== classNames(columns).length) return 'it has classes and other columns';
  if (columns.length < 2) return 'it has one class only';
  return interval === undefined ? undefined : 'it has classes and an interval';
}

function intervalProblem(interval: PredictionInterval, columns: readonly OutputColumn[]): string | undefined {
  const { edges, below, above, minimum, maximum } = interval;
  const bins = edges.length + 1;
  return (
    valuesProblem('the edges of its interval', edges, edges.length) ??
    valuesProblem('the margin below of its interval', below, bins) ??
    valuesProblem('the margin above of its interval', above, bins) ??
    (edges.every((edge, i) => i === 0 || edge > edges[i - 1]!) ? undefined : 'the edges of its interval do not rise') ??
    boundsProblem(minimum, maximum) ??
    (intervalColumns(interval, columns) ? undefined : 'its interval starts from quantiles that it does not predict')
  );
}

function boundsProblem(minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE): string | undefined {
  const areBounds = Number.isFinite(minimum) && Number.isFinite(maximum) && minimum <= maximum;
  return areBounds ? undefined : `its interval is cut to [${minimum}, ${maximum}]`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
