import type { Attribute, InitializerSpec, NodeSpec } from '../format/messages.js';

/** The name of a value in a graph. */
export type Value = string;

/** The parts of a graph while it grows; several writers can share them, each under a prefix of its own. */
interface GraphParts {
  readonly nodes: NodeSpec[];
  readonly initializers: InitializerSpec[];
}

/** Appends operators and constants to a graph; every call returns the name of the value it made. */
export class GraphWriter {
  private readonly parts: GraphParts;
  private readonly prefix: string;

  constructor(parts: GraphParts = { nodes: [], initializers: [] }, prefix = '') {
    this.parts = parts;
    this.prefix = prefix;
  }

  get nodes(): readonly NodeSpec[] {
    return this.parts.nodes;
  }

  get initializers(): readonly InitializerSpec[] {
    return this.parts.initializers;
  }

  /** A writer into the same graph that puts `prefix` before the names it gives. */
  within(prefix: string): GraphWriter {
    return new GraphWriter(this.parts, this.prefix + prefix);
  }

  /** An operator with one output. */
  add(operator: string, inputs: readonly Value[], output: string, attributes?: NodeSpec['attributes']): Value {
    return this.addWithOutputs(operator, inputs, [output], attributes)[0]!;
  }

  /** An operator with several outputs; an empty name skips one that is optional. */
  addWithOutputs(
    operator: string,
    inputs: readonly Value[],
    names: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): Value[] {
    const outputs = names.map((name) => (name === '' ? '' : this.prefix + name));
    this.parts.nodes.push({ operator, inputs, outputs, ...(attributes && { attributes }) });
    return outputs;
  }

  /** A constant; a list unless `dims` say otherwise. */
  constant(name: string, values: InitializerSpec['values'], dims: readonly number[] = [values.length]): Value {
    this.parts.initializers.push({ name: this.prefix + name, dims, values });
    return this.prefix + name;
  }

  /** A list of whole numbers (axes, indexes, a shape), written once per graph under a name that says it: `[0, -1]`. */
  integers(...values: readonly number[]): Value {
    return this.shared({ name: `[${values.join(', ')}]`, dims: [values.length], values: integers64(values) });
  }

  /** A single whole number, without an axis, written once per graph. */
  integer(value: number): Value {
    return this.shared({ name: String(value), dims: [], values: integers64([value]) });
  }

  private shared(constant: InitializerSpec): Value {
    const exists = this.parts.initializers.some(({ name }) => name === constant.name);
    if (!exists) this.parts.initializers.push(constant);
    return constant.name;
  }
}

function integers64(values: readonly number[]): BigInt64Array {
  return BigInt64Array.from(values, (value) => BigInt(value));
}
