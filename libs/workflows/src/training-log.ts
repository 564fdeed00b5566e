import type { SplitDataset, SensorDataset } from '@i-drill/core';
import type { EpochProgress } from '@i-drill/training';
import type { IntervalSettings } from './interval-plan.js';
import type { DatasetRecipe } from './model-artifact.js';
import type { DatasetReference, LoopPorts, MetricPoint } from './ports.js';
import type { TrainRequest } from './train-version.js';

/** Logs the parameters of a training. */
export function beginRunLog(ports: LoopPorts, request: TrainRequest, runId: string): Promise<void> {
  const { data, streamed, settings, window, backend, interval } = request;
  const params: Record<string, string> = {
    model_type: request.architecture.type,
    dataset: data.train.name,
    window_length: String(window.length),
    window_stride: String(window.stride),
    target_cap: String(window.targetCap ?? 'none'),
    train_units: unitList(data.train),
    train_streamed: streamed === undefined ? 'no' : `${streamed.rows} rows of ${streamed.units} units`,
    validation_units: unitList(data.validation),
    calibration_units: data.calibration === undefined ? 'none' : unitList(data.calibration),
    test_units: unitList(data.test),
    backend: backend.name,
    tfjs_version: backend.tfjsVersion,
    classes: data.train.classes?.join(', ') ?? 'none',
    ensemble: String(request.ensemble ?? 1),
    interval: interval === undefined || data.train.classes !== undefined ? 'none' : intervalText(interval),
    ...namedParams({ ...withoutType(request.architecture), ...settings }),
  };
  const tags = {
    'i_drill.backend_refused': JSON.stringify(backend.tried),
    ...recipeTag(request.recipe),
  };
  return ports.store.logBatch(runId, { params, tags });
}

function intervalText({ method, coverage, guarantee = 'guaranteed' }: IntervalSettings): string {
  return `${method} ${coverage} ${guarantee}`;
}

function withoutType({ type: _logged, ...sizes }: TrainRequest['architecture']): Record<string, number | string> {
  return sizes;
}

/** Numbers and words as they are, lists and objects as JSON. */
function namedParams(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(values).map(([key, value]) => [snakeCase(key), paramText(value)] as const);
  return Object.fromEntries(entries);
}

function paramText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const longestTag = 5000;

/** A recipe cut short is none: one that is too long for a tag stands in the version's `dataset.json` only. */
function recipeTag(recipe: DatasetRecipe): Record<string, string> {
  const text = JSON.stringify(recipe);
  return text.length > longestTag ? {} : { 'i_drill.dataset_recipe': text };
}

/** Epochs on their way to the tracking store, in order. */
export interface EpochLog {
  add(progress: EpochProgress): void;
  /** Waits until everything added has been written; fails if any of it could not be. */
  flush(): Promise<void>;
  /** Waits the same way, and never fails. */
  settle(): Promise<void>;
}

/** Logs epochs while training goes on; a store that fails is heard of at `flush`, not in the middle of an epoch. */
export function openEpochLog(ports: LoopPorts, runId: string): EpochLog {
  const writes: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  return {
    add(progress) {
      const metrics = epochMetrics(progress, ports.clock.now());
      last = last.then(() => ports.store.logBatch(runId, { metrics }));
      last.catch(() => undefined); // heard of in flush()
      writes.push(last);
    },
    async flush() {
      await Promise.all(writes);
    },
    async settle() {
      await Promise.allSettled(writes);
    },
  };
}

/** Of several networks, each has curves of its own: `member_2_train_loss`. */
function epochMetrics({ member, epoch, ...progress }: EpochProgress, timestamp: number): MetricPoint[] {
  const values = {
    train_loss: progress.trainLoss,
    validation_loss: progress.validationLoss,
    validation_rmse: progress.validationRmse,
    validation_accuracy: progress.validationAccuracy,
    learning_rate: progress.learningRate,
    windows_per_second: progress.windowsPerSecond,
  };
  const prefix = member === undefined || member.of === 1 ? '' : `member_${member.index}_`;
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: `${prefix}${key}`, value, timestamp, step: epoch }],
  );
}

/** The parts of the data, as MLflow dataset inputs. */
export function datasetReferences(data: SplitDataset, recipe: DatasetRecipe): DatasetReference[] {
  const parts = ['train', 'validation', 'calibration', 'test'] as const;
  return parts.flatMap((part) => (data[part] === undefined ? [] : [reference(data[part], part, recipe)]));
}

function reference(part: SensorDataset, context: string, recipe: DatasetRecipe): DatasetReference {
  return {
    name: `${part.name}-${context}`,
    digest: part.fingerprint.slice(0, 36),
    sourceType: part.source === 'simulated' ? 'code' : 'local',
    source: JSON.stringify({ source: part.source, recipe: recipe.parts }),
    schema: JSON.stringify({ features: part.features, target: part.target }),
    profile: JSON.stringify({ rows: rowsOf(part), units: unitsOf(part).length }),
    context: context === 'train' ? 'training' : context,
  };
}

/**
 * Rows over all segments.
 *
 * @example
 * ```ts
 * import { rowsOf } from '@i-drill/workflows';
 * const bit = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(20, 10, 0) };
 * const bits = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *   target: { name: 'life', unit: 'h' }, segments: [bit], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * rowsOf(bits); // => 3
 * rowsOf({ ...bits, segments: [bit, { ...bit, unit: 'bit 2' }] }); // => 6
 * ```
 */
export function rowsOf(dataset: SensorDataset): number {
  return dataset.segments.reduce((sum, segment) => sum + segment.rows, 0);
}

function unitsOf(dataset: SensorDataset): string[] {
  return [...new Set(dataset.segments.map((segment) => segment.unit))];
}

function unitList(dataset: SensorDataset): string {
  const units = unitsOf(dataset);
  const text = units.join(' ');
  return text.length <= 500 ? text : `${units.length} units`;
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
