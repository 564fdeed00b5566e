/**
 * What tfjs-node reads of "@tensorflow/tfjs". The package of that name is a bundle with a second copy of tfjs-core: operations
 * of one copy would then compute gradients for tensors of the other, and its gradients would replace ours. Here everything is
 * the workspace's copy, found in the folders above.
 */
const core = require('@tensorflow/tfjs-core');

// The binding that is built here holds signals back while oneDNN computes; any other must do without oneDNN's products.
process.env.TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL ??= '1';

/** Methods tfjs-node calls on tensors; without the bundle a tensor has none. */
const methods = {
  add(other) {
    return core.add(this, other);
  },
  toFloat() {
    return core.cast(this, 'float32');
  },
  toInt() {
    return core.cast(this, 'int32');
  },
};
for (const [name, method] of Object.entries(methods)) core.Tensor.prototype[name] ??= method;

module.exports = {
  ...core,
  version: { 'tfjs-core': core.version_core },
  // Progress bars for models of tfjs-layers, which is not there.
  CustomCallback: class CustomCallback {},
  registerCallbackConstructor() {},
};
