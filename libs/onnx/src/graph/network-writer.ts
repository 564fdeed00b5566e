import type { NodeSpec } from '../format/messages.js';
import type { GraphWriter, Value } from './graph-writer.js';
import type { TrainedWeights } from './trained-weights.js';

/** Writes one network into a graph: what `GraphWriter` does, and the network's own weights. */
export class NetworkWriter {
  readonly graph: GraphWriter;
  private readonly weights: TrainedWeights;

  constructor(graph: GraphWriter, weights: TrainedWeights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** An operator with one output. */
  add(operator: string, inputs: readonly Value[], output: string, attributes?: NodeSpec['attributes']): Value {
    return this.graph.add(operator, inputs, output, attributes);
  }

  /** A weight as it was trained, under its own name. */
  weight(name: string, shape: readonly number[]): Value {
    return this.graph.constant(name, this.weights.take(name, shape), shape);
  }

  /** The values of a weight that ONNX wants in another order. */
  values(name: string, shape: readonly number[]): Float32Array {
    return this.weights.take(name, shape);
  }
}
