export { OnnxError, type OnnxErrorCode } from './errors.js';
export { exportSequenceModel } from './export/export-sequence-model.js';
export { sequenceSignature } from './description/sequence-signature.js';
export type { ModelMetadata } from './description/model-metadata.js';
export { openModel, type OnnxModel } from './runtime/open-model.js';
export type { Predictions } from './runtime/predictions.js';
export { exportPolicy } from './export/export-policy.js';
export { policySignature } from './description/policy-signature.js';
export { openPolicy, type OnnxPolicy } from './runtime/open-policy.js';
