import type { ModelSignature, Preprocessing } from '@i-drill/core';
import { predictWindows, type SequenceModel } from '@i-drill/training';
import type { MlmodelDescription, ModelFormat, ModelPackageInput, RunnableModel } from '../ports.js';

/** What a model answers to raw windows. */
export type Predictor = (inputs: Float32Array, count: number) => Float32Array;

/** A model file is the number of a predictor kept here: what is opened is exactly what was exported, unless told otherwise. */
export class FakeModelFormat implements ModelFormat {
  /** Added to every prediction of an opened model that was exported: an export that is not the trained model. */
  exportError = 0;
  /** Models that were opened and not closed yet. */
  openModels = 0;
  private readonly predictors: Predictor[] = [];

  /** A model file that answers as the predictor does. */
  fileOf(predictor: Predictor): Uint8Array {
    this.predictors.push(predictor);
    return Buffer.from(`model ${this.predictors.length - 1}`);
  }

  exportModel(model: SequenceModel): Uint8Array {
    return this.fileOf((inputs, count) =>
      predictWindows(model, { inputs, count }).map((value) => value + this.exportError),
    );
  }

  signatureOf({ windowLength, features }: Preprocessing): ModelSignature {
    return {
      inputs: [{ name: 'window', dtype: 'float32', shape: [-1, windowLength, features.length] }],
      outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
    };
  }

  open(onnx: Uint8Array): Promise<RunnableModel> {
    const predictor = this.predictors[Number(Buffer.from(onnx).toString().replace('model ', ''))]!;
    this.openModels++;
    return Promise.resolve({
      predict: async (inputs, count) => Promise.resolve(predictor(inputs, count)),
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
