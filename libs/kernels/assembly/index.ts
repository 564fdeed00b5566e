export { attentionBackward, attentionForward, attentionScratchBytes } from './attention';
export { addBias, maximum, tanh } from './elementwise';
export { copyBlocks } from './copy-blocks';
export { columnSums } from './column-sums';
export { layerNormBackward, layerNormForward } from './layer-norm';
export { lstmBackward, lstmBackwardScratchBytes } from './lstm-backward';
export { lstmForward, lstmForwardScratchBytes } from './lstm-forward';
export { matrixScratchBytes, multiplyMatrices } from './matrix-product';
export { transposeMatrices } from './transpose';
