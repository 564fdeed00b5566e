import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PredictionInterval } from '@i-drill/core';
import type { Architecture, OutputColumn, SequenceModel } from '@i-drill/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the virtual environment belongs to the workspace, no package has it
import { findMlflowPython } from '../../../tools/mlflow-server/mlflow-server.js';
import { exportSequenceModel, openModel } from '../src/index.js';
import { pointOnly, randomModel, randomWindows, smallArchitectures } from '../src/testing/random-model.js';

/** What `read_models.py` says about one model. */
interface PythonReport {
  readonly irVersion: number;
  readonly opset: readonly (readonly [domain: string, version: number])[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly runtimeMetadata: Readonly<Record<string, string>>;
  readonly doc: string;
  readonly sameBytes: boolean;
  readonly shapes: Readonly<Record<string, readonly (string | number)[]>>;
  readonly runtime: Readonly<Record<string, readonly (number | null)[]>>;
  readonly reference: Readonly<Record<string, readonly (number | null)[]>>;
}

const python = findMlflowPython();
const canRun = python !== undefined || process.env['CI'] === 'true';
if (!canRun) console.warn("Skipped: exported models in Python's onnx; run tools/mlflow-server/ensure-venv.sh");

const count = 7;
const interval: PredictionInterval = {
  method: 'conformalised-quantiles',
  coverage: 0.9,
  edges: [-0.2, 0.4],
  below: [0.3, -0.6, 0.1],
  above: [0.2, -0.7, 0.4],
  minimum: -1,
  maximum: 1,
  calibratedOn: { windows: 100, units: 20 },
};
const withQuantiles: readonly OutputColumn[] = [
  ...pointOnly,
  { kind: 'quantile', level: 0.05 },
  { kind: 'quantile', level: 0.95 },
];
const classes = ['normal', 'stick-slip', 'wash-out'].map((name): OutputColumn => ({ kind: 'class', name }));
const architectures: readonly Architecture[] = [
  ...smallArchitectures,
  ...smallArchitectures.flatMap((a) => (a.type === 'transformer' ? [{ ...a, positions: 'sinusoidal' } as const] : [])),
];

/** Each architecture bare, with everything a number can have, and with classes. */
const models = new Map(
  architectures.flatMap((architecture, index): [string, SequenceModel][] => {
    const name = `${architecture.type}${architecture.type === 'transformer' ? `-${architecture.positions}` : ''}`;
    const size = { seed: index, architecture, features: 3, windowLength: 5 };
    const regimes = { count: 3, conditions: 2 };
    return [
      [`${name}-bare`, randomModel({ ...size, columns: pointOnly })],
      [
        `${name}-full`,
        randomModel({ ...size, columns: withQuantiles, members: 2, anchorFeature: 1, regimes, interval }),
      ],
      [`${name}-classes`, randomModel({ ...size, columns: classes, members: 2 })],
    ];
  }),
);

/** Seven windows, the third of them not finite. */
function windowsFor(model: SequenceModel): Float32Array {
  const windows = randomWindows(model.preprocessing, count, 17);
  windows[2 * (windows.length / count) + 4] = Number.NaN;
  return windows;
}

async function readInPython(folder: string): Promise<Record<string, PythonReport>> {
  for (const [name, model] of models) {
    await writeFile(join(folder, `${name}.onnx`), exportSequenceModel(model));
    const windows = Array.from(windowsFor(model), (value) => (Number.isNaN(value) ? null : value)); // numpy reads null as NaN
    await writeFile(join(folder, `${name}.json`), JSON.stringify(windows));
  }
  const script = join(import.meta.dirname, 'read_models.py');
  if (python === undefined)
    throw new Error('Cannot run Python: there is no .venv/mlflow; run tools/mlflow-server/ensure-venv.sh');
  const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<string, PythonReport>;
}

/** What onnxruntime-node answers, by tensor name. */
async function answersHere(model: SequenceModel): Promise<Record<string, (number | null)[]>> {
  const opened = await openModel(exportSequenceModel(model));
  const { probabilities, ...ends } = await opened.predictAll(windowsFor(model), count);
  await opened.close();
  const tensors: Record<string, Float32Array> = probabilities ? { probabilities } : { ...ends };
  return Object.fromEntries(
    Object.entries(tensors).map(([name, values]) => [
      name,
      Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
    ]),
  );
}

function expectClose(actual: PythonReport['runtime'], expected: PythonReport['runtime'], tolerance: number): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expect(actual[name]!.map((value) => value === null)).toEqual(values.map((value) => value === null));
    const differences = values.map((value, i) => Math.abs((value ?? 0) - (actual[name]![i] ?? 0)));
    expect(Math.max(...differences), name).toBeLessThan(tolerance);
  }
}

describe.skipIf(!canRun)('an exported model in Python, past onnx.checker with full_check', () => {
  let folder: string;
  let reports: Record<string, PythonReport>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onnx-models-'));
    reports = await readInPython(folder);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  for (const [name, model] of models) {
    it(`answers the same in onnxruntime and in the reference evaluator, NaN where the window has it: ${name}`, async () => {
      const here = await answersHere(model);
      expect(Object.values(here)[0]!.filter((value) => value === null)).toHaveLength(
        model.preprocessing.classes ? 3 : 1,
      );
      expectClose(reports[name]!.runtime, here, 1e-5);
      expectClose(reports[name]!.reference, here, 1e-5);
    });

    it(`is written as Python writes it, for any batch, with its description inside: ${name}`, () => {
      const report = reports[name]!;
      expect(report).toMatchObject({ irVersion: 8, opset: [['', 17]], sameBytes: true });
      const width = model.preprocessing.classes?.length ?? 1;
      expect(Object.values(report.shapes)).toEqual(Object.keys(report.runtime).map(() => ['batch', width]));
      expect(report.runtimeMetadata).toEqual(report.metadata);
      expect(report.metadata['i_drill.model_type']).toBe(model.architecture.type);
      expect(JSON.parse(report.metadata['i_drill.features']!)).toEqual(model.preprocessing.features);
      expect(report.doc).toContain(`from the last 5 rows of 3 sensors: ${model.architecture.type}`);
    });
  }
});
