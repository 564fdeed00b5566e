import type { SequenceModel } from '@i-drill/training';
import { exportSequenceModel } from '../export/export-sequence-model.js';
import { openModel } from '../runtime/open-model.js';
import type { Predictions } from '../runtime/predictions.js';

/** What the exported model answers, through onnxruntime. */
export async function answersByFile(model: SequenceModel, inputs: Float32Array, count: number): Promise<Predictions> {
  const opened = await openModel(exportSequenceModel(model));
  try {
    return await opened.predictAll(inputs, count);
  } finally {
    await opened.close();
  }
}
