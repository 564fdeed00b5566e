import { largestDifference } from '@i-drill/numerics';
import { predictedBounds, predictOutputs, type SequenceModel, type Windows } from '@i-drill/training';
import type { LoopPorts, Predictions } from './ports.js';

/** What the exported file answers, and how far that is from the trained network. */
export interface ProvenExport {
  readonly served: Predictions;
  /**
   * Largest over the prediction and the ends of its interval, target units; of classes, over their probabilities. Infinite where
   * the file does not give them.
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

/**
 * Margins change by steps at the edges of bins, so a rounding of the prediction can move an end a long way. The ends that are
 * expected are therefore those of the prediction that was served.
 */
function exportDifference(model: SequenceModel, windows: Windows, served: Predictions): number {
  const trained = predictOutputs(model, windows);
  if (model.preprocessing.classes !== undefined) return probabilityDifference(trained.columns, served);
  const expected = predictedBounds(model, { ...trained, prediction: served.prediction });
  const differences = [largestDifference(trained.prediction, served.prediction)];
  if (expected !== undefined) {
    if (served.lower === undefined || served.upper === undefined) return Number.POSITIVE_INFINITY;
    differences.push(largestDifference(expected.lower, served.lower), largestDifference(expected.upper, served.upper));
  }
  return Math.max(...differences);
}

/** Classes are compared by what they are chosen by: of two that are as probable, rounding may choose either. */
function probabilityDifference(columns: readonly Float32Array[], { probabilities }: Predictions): number {
  if (probabilities === undefined) return Number.POSITIVE_INFINITY;
  const trained = probabilities.map((_, i) => columns[i % columns.length]![Math.floor(i / columns.length)]!);
  return largestDifference(trained, probabilities);
}
