import { bytesField, floatField, integerField, joinBytes, textField } from './protobuf.js';

/**
 * The messages of ONNX that a sequence model needs. Field numbers: `onnx/onnx.proto` of github.com/onnx/onnx, the same in
 * every IR version since 4.
 */
const irVersion = 8; // IR_VERSION_2021_7_30, the one that came with opset 17's generation
const opsetVersion = 17;

/** `TensorProto.DataType`. */
export const elementTypes = { float: 1, int64: 7, double: 11 } as const;

/** An attribute of a node: an integer, a list of integers, a number in single precision. */
export type Attribute = number | readonly number[] | { readonly float: number };

/** One operator of the graph. */
export interface NodeSpec {
  readonly operator: string;
  /** Value names; an empty one skips an optional input. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A constant of the graph. */
export interface InitializerSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array | Float64Array | BigInt64Array;
}

/** A value at the door of the graph, float32. A text dimension is free and named by the text. */
export interface ValueSpec {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  /** What it is, for people. */
  readonly doc?: string;
}

/** A whole graph; the nodes in an order in which they can be computed. */
export interface GraphSpec {
  readonly name: string;
  readonly nodes: readonly NodeSpec[];
  readonly initializers: readonly InitializerSpec[];
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
}

/** What stands beside the graph. */
export interface ModelNotes {
  /** How to use the model, for people. */
  readonly doc?: string;
  /** Keys and texts. */
  readonly metadata?: readonly (readonly [key: string, text: string])[];
}

/** A `ModelProto` as bytes: IR version 8, default operator set 17. */
export function encodeModel(graph: GraphSpec, { doc, metadata = [] }: ModelNotes = {}): Uint8Array {
  return joinBytes([
    integerField(1, irVersion),
    textField(2, 'i-drill'), // producer_name
    ...optionalText(6, doc),
    bytesField(7, encodeGraph(graph)),
    bytesField(8, joinBytes([textField(1, ''), integerField(2, opsetVersion)])), // opset_import, '' = ai.onnx
    ...metadata.map(([key, text]) => bytesField(14, joinBytes([textField(1, key), textField(2, text)]))),
  ]);
}

function encodeGraph(graph: GraphSpec): Uint8Array {
  return joinBytes([
    ...graph.nodes.map((node) => bytesField(1, encodeNode(node))),
    textField(2, graph.name),
    ...graph.initializers.map((constant) => bytesField(5, encodeTensor(constant))),
    ...graph.inputs.map((value) => bytesField(11, encodeValueInfo(value))),
    ...graph.outputs.map((value) => bytesField(12, encodeValueInfo(value))),
  ]);
}

function encodeNode(node: NodeSpec): Uint8Array {
  return joinBytes([
    ...node.inputs.map((name) => textField(1, name)),
    ...node.outputs.map((name) => textField(2, name)),
    textField(3, `${node.operator}:${node.outputs.at(-1) ?? ''}`),
    textField(4, node.operator),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) => bytesField(5, encodeAttribute(name, value))),
  ]);
}

function encodeAttribute(name: string, value: Attribute): Uint8Array {
  const [typeFloat, typeInt, typeInts] = [1, 2, 7];
  if (typeof value === 'number') {
    return joinBytes([textField(1, name), integerField(3, value), integerField(20, typeInt)]);
  }
  if ('float' in value) {
    return joinBytes([textField(1, name), floatField(2, value.float), integerField(20, typeFloat)]);
  }
  return joinBytes([textField(1, name), ...value.map((item) => integerField(8, item)), integerField(20, typeInts)]);
}

function encodeTensor({ name, dims, values }: InitializerSpec): Uint8Array {
  return joinBytes([
    ...dims.map((size) => integerField(1, size)),
    integerField(2, elementTypeOf(values)),
    textField(8, name),
    bytesField(9, littleEndianBytes(values)), // raw_data
  ]);
}

function elementTypeOf(values: InitializerSpec['values']): number {
  if (values instanceof Float32Array) return elementTypes.float;
  return values instanceof Float64Array ? elementTypes.double : elementTypes.int64;
}

/** Raw data is little-endian whatever the machine is. */
function littleEndianBytes(values: InitializerSpec['values']): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (typeof value === 'bigint') view.setBigInt64(i * 8, value, true);
    else if (values instanceof Float32Array) view.setFloat32(i * 4, value, true);
    else view.setFloat64(i * 8, value, true);
  }
  return bytes;
}

function encodeValueInfo({ name, shape, doc }: ValueSpec): Uint8Array {
  const dims = shape.map((size) =>
    bytesField(1, typeof size === 'number' ? integerField(1, size) : textField(2, size)),
  );
  const tensorType = joinBytes([integerField(1, elementTypes.float), bytesField(2, joinBytes(dims))]);
  return joinBytes([textField(1, name), bytesField(2, bytesField(1, tensorType)), ...optionalText(3, doc)]);
}

function optionalText(field: number, text: string | undefined): Uint8Array[] {
  return text === undefined ? [] : [textField(field, text)];
}
