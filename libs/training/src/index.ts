export { selectBackend, type BackendName, type BackendReport, type RefusedBackend } from './backend/select-backend.js';
export { TrainingError, type TrainingErrorCode } from './errors.js';
export {
  calibrateInterval,
  requireCalibrationUnits,
  type CalibrationSample,
  type IntervalOptions,
} from './intervals/calibrate-interval.js';
export {
  conformalQuantile,
  unitsNeeded,
  type CoverageGuarantee,
  type UnitScores,
} from './intervals/conformal-quantile.js';
export { intervalCoverage, type CoverageSample, type IntervalCoverage } from './intervals/interval-coverage.js';
export { intervalOf, type Bounds, type PredictedQuantiles } from './intervals/interval-of.js';
export { calibrateModel, predictedBounds, type PredictedBounds } from './intervals/model-interval.js';
export type { BestEpoch, TrainedMember, TrainingCheckpoint } from './loop/checkpoint.js';
export { decodeCheckpoint, encodeCheckpoint } from './loop/checkpoint-file.js';
export { balancedClassWeights } from './loop/class-weights.js';
export type { StoppingState } from './loop/early-stopping.js';
export { fitPreprocessing, type PreprocessingOptions } from './loop/fit-preprocessing.js';
export { outputColumns, type LossTerm } from './loop/losses.js';
export { predictOutputs, predictWindows, type PredictedOutputs } from './loop/predict-windows.js';
export type { RawWindows } from './loop/scaled-windows.js';
export { segmentWindows } from './loop/segment-windows.js';
export { trainEnsemble, type EnsembleResult } from './loop/train-ensemble.js';
export { trainSequenceModel } from './loop/train-sequence-model.js';
export type {
  EpochProgress,
  ScheduleSettings,
  TrainingRequest,
  TrainingResult,
  TrainingSettings,
} from './loop/training-types.js';
export type { WindowOptions } from './loop/window-ends.js';
export { asWindowSource, type PassOptions, type WindowBatch, type WindowSource } from './loop/window-source.js';
export { makeWindows, type Windows } from './loop/windows.js';
export {
  modelTypes,
  type Architecture,
  type CnnLstmArchitecture,
  type LstmArchitecture,
  type ModelType,
  type TransformerArchitecture,
} from './sequence/architecture.js';
export { buildNetwork } from './sequence/build-network.js';
export type { NetworkShape, ParameterSpec, SequenceNetwork } from './sequence/network.js';
export type { NetworkWeights, WeightTensor } from './sequence/network-weights.js';
export type { OutputColumn } from './sequence/output-columns.js';
export type { SequenceModel } from './sequence/sequence-model.js';
