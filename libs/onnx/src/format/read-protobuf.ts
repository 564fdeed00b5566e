/** One field of a message: a number where it was a varint, else the bytes. */
export interface ReadField {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of a message in their order (`protobuf.ts` has the wire format). Embedded messages stay bytes, so that reading
 * the head of a large model does not touch its weights. Fixed-width fields (wire types 1 and 5) are given as their bytes.
 *
 * @throws RangeError where the bytes end inside a field or a wire type does not exist
 */
export function* readFields(message: Uint8Array): Generator<ReadField> {
  let offset = 0;
  while (offset < message.length) {
    const tag = readVarint(message, offset);
    const content = readContent(message, tag.next, tag.value % 8);
    yield { field: Math.floor(tag.value / 8), value: content.value };
    offset = content.next;
  }
}

/** The text of a field of bytes. */
export function textOf(value: ReadField['value']): string {
  if (typeof value === 'number') throw new RangeError('Cannot read a text: the field is a number');
  return new TextDecoder('utf-8', { fatal: true }).decode(value);
}

interface Read<T> {
  readonly value: T;
  /** Where the next thing begins. */
  readonly next: number;
}

function readContent(message: Uint8Array, offset: number, wireType: number): Read<number | Uint8Array> {
  switch (wireType) {
    case 0:
      return readVarint(message, offset);
    case 1:
      return readBytes(message, offset, 8);
    case 2: {
      const length = readVarint(message, offset);
      return readBytes(message, length.next, length.value);
    }
    case 5:
      return readBytes(message, offset, 4);
    default:
      throw new RangeError(`Cannot read a field of wire type ${wireType}`);
  }
}

function readBytes(message: Uint8Array, offset: number, length: number): Read<Uint8Array> {
  if (offset + length > message.length) throw new RangeError(`Cannot read ${length} bytes: the message ends before`);
  return { value: message.subarray(offset, offset + length), next: offset + length };
}

/** Exact up to 2^53; what is larger (a negative number) loses digits, and is read only to be passed over. */
function readVarint(message: Uint8Array, offset: number): Read<number> {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = message[offset + i];
    if (byte === undefined) throw new RangeError('Cannot read a number: the message ends before');
    value += (byte % 128) * 128 ** i;
    if (byte < 128) return { value, next: offset + i + 1 };
  }
  throw new RangeError('Cannot read a number: it is longer than ten bytes');
}
