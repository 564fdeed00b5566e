export { OnnxError, type OnnxErrorCode } from './errors.js';
export { exportSequenceModel } from './export-sequence-model.js';
export { openModel, type OnnxModel } from './open-model.js';
export { sequenceSignature } from './sequence-signature.js';
