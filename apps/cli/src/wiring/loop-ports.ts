import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from '@i-drill/core';
import { exportSequenceModel, openModel, sequenceSignature } from '@i-drill/onnx';
import type { LoopPorts, ModelFormat } from '@i-drill/workflows';
import { onnxModelFiles, type MlflowClient } from 'mlflow-client-ts';
import { systemClock } from './system-clock.js';

const onnxFormat: ModelFormat = {
  exportModel: exportSequenceModel,
  signatureOf: sequenceSignature,
  open: openModel,
  packageModel: ({ at, ...input }) =>
    onnxModelFiles({ ...input, utcTime: new Date(at), modelUuid: randomUUID().replaceAll('-', '') }),
};

/** The loop's ports on this machine: MLflow for what is kept, ONNX for models, the system clock. */
export function loopPorts(store: MlflowClient, logger: Logger): LoopPorts {
  return {
    store,
    models: onnxFormat,
    clock: systemClock,
    logger,
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
    decodeText: (content) => new TextDecoder().decode(content),
  };
}
