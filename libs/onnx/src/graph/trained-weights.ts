import type { NetworkWeights, WeightTensor } from '@i-drill/training';
import { exportRefusal } from '../errors.js';

/** The weights of one network by name, each handed out once and only in the shape its layer needs. */
export class TrainedWeights {
  private readonly tensors: Map<string, WeightTensor>;

  /** @throws OnnxError `ONNX_INVALID_MODEL` when two weights have one name */
  constructor(weights: NetworkWeights) {
    this.tensors = new Map(weights.map((tensor) => [tensor.name, tensor]));
    const twice = weights.find(({ name }, index) => weights.findIndex((tensor) => tensor.name === name) < index);
    if (twice) throw exportRefusal(`it has two weights "${twice.name}"`, { name: twice.name });
  }

  /**
   * Row-major values of a weight.
   *
   * @throws OnnxError `ONNX_INVALID_MODEL` where it is missing, of another shape, or not finite
   */
  take(name: string, shape: readonly number[]): Float32Array {
    const tensor = this.tensors.get(name);
    if (!tensor) throw exportRefusal(`it has no weight "${name}"`, { name });
    if (tensor.shape.join() !== shape.join()) {
      throw exportRefusal(`weight "${name}" has shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`, {
        name,
      });
    }
    const size = shape.reduce((product, length) => product * length, 1);
    if (tensor.values.length !== size) {
      throw exportRefusal(`weight "${name}" has ${tensor.values.length} values, expected ${size}`, { name });
    }
    if (!tensor.values.every((value) => Number.isFinite(value))) {
      throw exportRefusal(`weight "${name}" holds a value that is not finite`, { name });
    }
    this.tensors.delete(name);
    return tensor.values;
  }

  /** @throws OnnxError `ONNX_INVALID_MODEL` when a weight was not taken: it belongs to another architecture */
  requireAllTaken(): void {
    const [name] = this.tensors.keys();
    if (name !== undefined) throw exportRefusal(`weight "${name}" has no place in its architecture`, { name });
  }
}
