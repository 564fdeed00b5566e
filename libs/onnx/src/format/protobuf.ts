/**
 * The protobuf wire format, the part that ONNX files need (protobuf.dev, "Encoding"): a field is a tag, `number << 3 | wire type`,
 * then a varint (wire type 0), or a length and that many bytes (wire type 2), or four bytes (wire type 5).
 * A message is its fields one after another; a repeated field is the same field again.
 */
const wireVarint = 0;
const wireBytes = 2;
const wireFourBytes = 5;

/** Base 128, least significant group first. Negative numbers are ten bytes long, as 64-bit two's complement. */
export function encodeVarint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** An integer or enum field. */
export function integerField(field: number, value: number): Uint8Array {
  return joinBytes([encodeVarint(field * 8 + wireVarint), encodeVarint(value)]);
}

/** A number in single precision. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joinBytes([encodeVarint(field * 8 + wireFourBytes), bytes]);
}

/** A field of bytes; an embedded message is one as well. */
export function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return joinBytes([encodeVarint(field * 8 + wireBytes), encodeVarint(bytes.length), bytes]);
}

/** A text field, UTF-8. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text));
}

/** Several parts as one run of bytes: the fields of a message. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
