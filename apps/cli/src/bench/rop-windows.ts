import type { FeatureSpec } from '@i-drill/core';
import { createRng, mean, quantile, standardDeviation } from '@i-drill/numerics';
import type { PassOptions, WindowBatch, WindowSource } from '@i-drill/training';
import type { DrillingLog } from './rop-log.js';

/** A row to predict when the rates of penetration of the rows before `known` are known, and no other. */
export interface Question {
  readonly row: number;
  /** At most `row`. */
  readonly known: number;
}

/** How windows look back. */
export interface WindowShape {
  /** Places per window, the row itself last. */
  readonly length: number;
  /** Metres between neighbouring places. */
  readonly stepMetres: number;
  /** The anchor is the median rate of penetration of this many metres before the first unknown row. */
  readonly anchorMetres: number;
  /** Further medians of so many metres before the first unknown row, each less the anchor, are channels. */
  readonly levelMetres: readonly number[];
  /** Columns of the log that the network reads. */
  readonly columns: readonly number[];
}

/** Sensors are compared with their means over so many metres before the first unknown row. */
const stateMetres = 8;

/** Scaled values beyond this are cut: a sensor that leaves its past range must not drive the output off. */
const clip = 4;

/**
 * Windows of a log as a network reads them. A place is the last row at or above a depth, places stand `stepMetres` apart.
 * Channels per place, z scaled by mean and deviation of the rows before `past`:
 *
 *   z of each column; the same less its mean over the anchor's rows; rate of penetration − anchor where it is known, else 0,
 *   and whether it is known; and the same for all places: anchor, hold-last − anchor, rows since the last known one
 *
 * The target is rate of penetration − anchor, in units of its deviation.
 */
export class RopWindows {
  readonly featureCount: number;
  readonly #log: DrillingLog;
  readonly #shape: WindowShape;
  /** Row-major, shape [rows, columns of the shape]. */
  readonly #scaled: Float64Array;
  readonly #ropMean: number;
  readonly #ropScale: number;

  /** @param past rows that may be learned from */
  constructor(log: DrillingLog, past: number, shape: WindowShape) {
    const width = shape.columns.length;
    this.#log = log;
    this.#shape = shape;
    this.featureCount = 2 * width + 4 + shape.levelMetres.length;
    this.#scaled = scaledColumns(log, past, shape.columns);
    const rop = log.rop.subarray(0, past);
    this.#ropMean = mean(rop);
    this.#ropScale = standardDeviation(rop) || 1;
  }

  /** Names of the channels. */
  get features(): FeatureSpec[] {
    return Array.from({ length: this.featureCount }, (_, channel) => ({ name: `channel ${channel}`, unit: '-' }));
  }

  /** Windows and scaled targets for questions. */
  batch(questions: readonly Question[]): WindowBatch {
    const size = this.#shape.length * this.featureCount;
    const inputs = new Float32Array(questions.length * size);
    const targets = new Float32Array(questions.length);
    for (const [b, question] of questions.entries()) {
      const anchor = this.anchor(question.known);
      this.#write(question, anchor, inputs.subarray(b * size, (b + 1) * size));
      targets[b] = (this.#log.rop[question.row]! - anchor) / this.#ropScale;
    }
    return { count: questions.length, inputs, targets };
  }

  /** Rates of penetration in m/h from scaled outputs. */
  rop(outputs: Float32Array, questions: readonly Question[]): Float32Array {
    return outputs.map((output, b) => Math.max(0, this.anchor(questions[b]!.known) + output * this.#ropScale));
  }

  /** What a change is counted from. */
  anchor(known: number): number {
    return this.#level(this.#shape.anchorMetres, known);
  }

  /** Median rate of penetration of the last metres that are known. */
  #level(metres: number, known: number): number {
    const levels = knownLevels(this.#log, metres);
    if (Number.isNaN(levels[known]!)) {
      levels[known] = quantile(this.#log.rop.subarray(this.#startOf(metres, known), known), 0.5);
    }
    return levels[known]!;
  }

  /** First row of the last metres before a row. */
  #startOf(metres: number, known: number): number {
    return Math.min(known - 1, this.#rowAbove(this.#log.depth[known - 1]! - metres, known - 1) + 1);
  }

  #write({ row, known }: Question, anchor: number, to: Float32Array): void {
    const { length, stepMetres, levelMetres, columns } = this.#shape;
    const { depth, rop, chunkRows } = this.#log;
    const width = columns.length;
    const before = this.#meanState(this.#startOf(stateMetres, known), known);
    const shared = [
      clipped((anchor - this.#ropMean) / this.#ropScale),
      (row - known) / chunkRows,
      ...levelMetres.map((metres) => clipped((this.#level(metres, known) - anchor) / this.#ropScale)),
    ];
    let place = row;
    for (let t = length - 1; t >= 0; t--) {
      const at = t * this.featureCount;
      for (let s = 0; s < width; s++) {
        const z = this.#scaled[place * width + s]!;
        to[at + s] = clipped(z);
        to[at + width + s] = clipped(z - before[s]!);
      }
      to[at + 2 * width] = place < known ? clipped((rop[place]! - anchor) / this.#ropScale) : 0;
      to[at + 2 * width + 1] = place < known ? 1 : 0;
      to.set(shared, at + 2 * width + 2);
      place = this.#rowAbove(depth[row]! - (length - t) * stepMetres, place);
    }
  }

  /** The last row at or above a depth, not after `from`; the first row of the log where there is none. */
  #rowAbove(metres: number, from: number): number {
    let [low, high] = [0, from];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#log.depth[middle]! <= metres) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #meanState(start: number, end: number): Float64Array {
    const width = this.#shape.columns.length;
    const sums = new Float64Array(width);
    for (let row = start; row < end; row++) {
      for (let s = 0; s < width; s++) sums[s]! += this.#scaled[row * width + s]!;
    }
    return sums.map((sum) => sum / (end - start));
  }
}

/** Medians by log and metres. Each is asked for many times; to sort anew took longer than to train. */
const levelsOfLogs = new WeakMap<DrillingLog, Map<number, Float64Array>>();

/** Medians over the last metres before each row, NaN where none was asked for yet. */
function knownLevels(log: DrillingLog, metres: number): Float64Array {
  const levels = levelsOfLogs.get(log) ?? new Map<number, Float64Array>();
  levelsOfLogs.set(log, levels);
  const found = levels.get(metres) ?? new Float64Array(log.rop.length + 1).fill(Number.NaN);
  levels.set(metres, found);
  return found;
}

function scaledColumns({ columns, values, rop }: DrillingLog, past: number, chosen: readonly number[]): Float64Array {
  const scaled = new Float64Array(rop.length * chosen.length);
  for (const [s, column] of chosen.entries()) {
    const all = Float64Array.from(rop, (_, row) => values[row * columns.length + column]!);
    const center = mean(all.subarray(0, past));
    const scale = standardDeviation(all.subarray(0, past)) || 1;
    for (let row = 0; row < all.length; row++) scaled[row * chosen.length + s] = (all[row]! - center) / scale;
  }
  return scaled;
}

function clipped(z: number): number {
  return Math.max(-clip, Math.min(clip, z));
}

/** Windows drawn anew in each pass. */
export interface DrawnWindows {
  readonly windows: RopWindows;
  readonly length: number;
  /** Windows per pass. */
  readonly count: number;
  /** Draws one question. */
  readonly draw: (uniform: () => number) => Question;
  /** Used where a pass brings no generator. */
  readonly seed: number;
}

/** A source of windows that a generator draws: no two passes see the same. */
export function drawnWindows({ windows, length, count, draw, seed }: DrawnWindows): WindowSource {
  // eslint-disable-next-line @typescript-eslint/require-await -- windows are made here, nothing is waited for
  async function* batches({ batchSize, rng = createRng(seed) }: PassOptions): AsyncGenerator<WindowBatch> {
    for (let start = 0; start < count; start += batchSize) {
      const size = Math.min(batchSize, count - start);
      yield windows.batch(Array.from({ length: size }, () => draw(() => rng.next())));
    }
  }
  return { count, length, featureCount: windows.featureCount, batches };
}
