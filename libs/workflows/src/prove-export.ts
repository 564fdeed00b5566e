import { largestDifference } from '@i-drill/numerics';
import { predictedBounds, predictOutputs, type SequenceModel, type Windows } from '@i-drill/training';
import type { LoopPorts, Predictions } from './ports.js';

/** What the exported file answers, and how far that is from the trained network. */
export interface ProvenExport {
  readonly served: Predictions;
  /**
   * Largest difference of the prediction and the ends of its interval, or of the probabilities of classes, as a share of the
   * largest of them. Infinite where the file does not give them, or one is not a number.
   */
  readonly difference: number;
}

/** Runs the exported file on windows beside the trained network. */
export async function proveExport(
  ports: LoopPorts,
  exported: { readonly onnx: Uint8Array; readonly model: SequenceModel },
  windows: Windows,
): Promise<ProvenExport> {
  const served = await predictOnce(ports, exported.onnx, windows);
  return { served, difference: exportDifference(exported.model, windows, served) };
}

async function predictOnce(ports: LoopPorts, onnx: Uint8Array, windows: Windows): Promise<Predictions> {
  const model = await ports.models.open(onnx);
  try {
    return await model.predictAll(windows.inputs, windows.count);
  } finally {
    await model.close();
  }
}

/** What is compared: of the trained network, and of its file. */
interface Outputs {
  readonly trained: Float32Array;
  readonly served: Float32Array | undefined;
}

function exportDifference(model: SequenceModel, windows: Windows, served: Predictions): number {
  const outputs =
    model.preprocessing.classes === undefined ? numbers(model, windows, served) : shares(model, windows, served);
  const differences = outputs.map(({ trained, served: found }) =>
    largestDifference(trained, found ?? new Float32Array()),
  );
  const largest = Math.max(...differences);
  const size = Math.max(...outputs.map(({ trained }) => largestDifference(trained, new Float32Array(trained.length))));
  return largest === 0 ? 0 : largest / Math.min(size, Number.MAX_VALUE); // an infinite output is no unit
}

/**
 * Margins change by steps at the edges of bins, so a rounding of the prediction can move an end a long way. The ends that are
 * expected are therefore those of the prediction that was served.
 */
function numbers(model: SequenceModel, windows: Windows, served: Predictions): Outputs[] {
  const trained = predictOutputs(model, windows);
  const expected = predictedBounds(model, { ...trained, prediction: served.prediction });
  const prediction = { trained: trained.prediction, served: served.prediction };
  if (expected === undefined) return [prediction];
  return [
    prediction,
    { trained: expected.lower, served: served.lower },
    { trained: expected.upper, served: served.upper },
  ];
}

/** Classes are compared by what they are chosen by: of two that are as probable, rounding may choose either. */
function shares(model: SequenceModel, windows: Windows, { probabilities }: Predictions): Outputs[] {
  const { columns } = predictOutputs(model, windows);
  const trained = new Float32Array(windows.count * columns.length);
  columns.forEach((column, c) => {
    column.forEach((share, window) => (trained[window * columns.length + c] = share));
  });
  return [{ trained, served: probabilities }];
}
