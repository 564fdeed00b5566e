import type { ModelSignature, PredictionInterval, Preprocessing } from '@i-drill/core';
import { predictedBounds, predictOutputs, type SequenceModel } from '@i-drill/training';
import type { MlmodelDescription, ModelFormat, ModelPackageInput, Predictions, RunnableModel } from '../ports.js';

/** What a model without an interval answers to raw windows. */
export type Predictor = (inputs: Float32Array, count: number) => Float32Array;

/** What a model answers to raw windows, with its interval where it has one. */
export type Answer = (inputs: Float32Array, count: number) => Float32Array | Predictions;

/** A model file is the number of a predictor kept here: what is opened is exactly what was exported, unless told otherwise. */
export class FakeModelFormat implements ModelFormat {
  /** Added to every prediction of an opened model that was exported: an export that is not the trained model. */
  exportError = 0;
  /** Outputs of an exported model that are not those of the trained one. */
  exportFault: Partial<Predictions> = {};
  /** Models that were opened and not closed yet. */
  openModels = 0;
  private readonly predictors: Answer[] = [];

  /** A model file that answers as the predictor does. */
  fileOf(predictor: Answer): Uint8Array {
    this.predictors.push(predictor);
    return Buffer.from(`model ${this.predictors.length - 1}`);
  }

  exportModel(model: SequenceModel): Uint8Array {
    return this.fileOf((inputs, count) => {
      const outputs = predictOutputs(model, { inputs, count });
      if (model.preprocessing.classes !== undefined) return { ...classAnswer(outputs), ...this.exportFault };
      const prediction = outputs.prediction.map((value) => value + this.exportError);
      const bounds = predictedBounds(model, { ...outputs, prediction });
      return { prediction, ...bounds, ...this.exportFault };
    });
  }

  signatureOf({ windowLength, features }: Preprocessing, interval?: PredictionInterval): ModelSignature {
    const names = interval === undefined ? ['prediction'] : ['prediction', 'lower', 'upper'];
    return {
      inputs: [{ name: 'window', dtype: 'float32', shape: [-1, windowLength, features.length] }],
      outputs: names.map((name) => ({ name, dtype: 'float32', shape: [-1, 1] })),
    };
  }

  open(onnx: Uint8Array): Promise<RunnableModel> {
    const predictor = this.predictors[Number(Buffer.from(onnx).toString().replace('model ', ''))]!;
    this.openModels++;
    return Promise.resolve({
      predict: (inputs, count) => Promise.resolve(asPredictions(predictor(inputs, count)).prediction),
      predictAll: (inputs, count) => Promise.resolve(asPredictions(predictor(inputs, count))),
      close: () => {
        this.openModels--;
        return Promise.resolve();
      },
    });
  }

  packageModel(input: ModelPackageInput): {
    files: Record<string, Uint8Array | string>;
    mlmodel: MlmodelDescription;
  } {
    const { onnx, extraFiles, runId, artifactPath, at, inputExample } = input;
    const mlmodel = { runId, artifactPath, at };
    const example = JSON.stringify(inputExample);
    return { files: { 'model.onnx': onnx, 'input_example.json': example, ...extraFiles }, mlmodel };
  }
}

function classAnswer({ prediction, columns }: ReturnType<typeof predictOutputs>): Predictions {
  const rows = Array.from(prediction, (_, window) => columns.map((column) => column[window]!));
  return { prediction, probabilities: Float32Array.from(rows.flat()) };
}

function asPredictions(answer: Float32Array | Predictions): Predictions {
  return answer instanceof Float32Array ? { prediction: answer } : answer;
}
