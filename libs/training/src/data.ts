// Data on its way to a network, without TensorFlow.js: for readers of data, which must not load it.
export { fitPreprocessing, type PreprocessingOptions } from './loop/fit-preprocessing.js';
export { segmentWindows } from './loop/segment-windows.js';
export type { WindowOptions } from './loop/window-ends.js';
export type { PassOptions, WindowBatch, WindowSource } from './loop/window-source.js';
