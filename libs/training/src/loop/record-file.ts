import { TrainingError } from '../errors.js';
import { crc32 } from './crc32.js';

const version = 1;
/** Magic, version, length of the header, length of the payload: 4 bytes each. */
const prefixBytes = 16;
const checksumBytes = 4;
/** Key of an array's place in the payload, [first number, how many]. */
const placeKey = '$float32';
/** Key of a number that JSON does not know. */
const numberKey = '$number';

/**
 * A record of text, numbers, lists and arrays of weights as bytes; numbers are little-endian:
 *
 *   4  four characters that say what kind of record it is
 *   4  version of the format: 1
 *   4  h, bytes of the header
 *   4  p, bytes of the payload
 *   h  the record as JSON in ASCII, with { "$float32": [first, length] } for an array of weights
 *   p  the weights, 32-bit floats
 *   4  CRC-32 of all bytes before it
 *
 * @param magic four characters
 */
export function encodeRecord(magic: string, record: unknown): Uint8Array {
  const arrays: Float32Array[] = [];
  let numbers = 0;
  const header = asciiJson(record, (values) => {
    arrays.push(values);
    numbers += values.length;
    return [numbers - values.length, values.length];
  });
  const payloadAt = prefixBytes + header.length;
  const bytes = new Uint8Array(payloadAt + 4 * numbers + checksumBytes);
  const view = new DataView(bytes.buffer);
  writeAscii(bytes, 0, magic);
  view.setUint32(4, version, true);
  view.setUint32(8, header.length, true);
  view.setUint32(12, 4 * numbers, true);
  writeAscii(bytes, prefixBytes, header);
  writeFloats(view, payloadAt, arrays);
  const checksumAt = bytes.length - checksumBytes;
  view.setUint32(checksumAt, crc32(bytes.subarray(0, checksumAt)), true);
  return bytes;
}

/**
 * The record that `encodeRecord` made these bytes of, identical in every number.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_CORRUPT` for bytes that are cut off or changed, or of another kind or version
 */
export function decodeRecord(magic: string, bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireWhole(magic, bytes, view);
  const payloadAt = prefixBytes + view.getUint32(8, true);
  const floatsAt = ([first, length]: ArrayPlace): Float32Array =>
    Float32Array.from({ length }, (_, index) => view.getFloat32(payloadAt + 4 * (first + index), true));
  const header = readAscii(bytes.subarray(prefixBytes, payloadAt));
  return JSON.parse(header, (_key, value: unknown) => {
    if (isPlace(value)) return floatsAt(value[placeKey]);
    return isOddNumber(value) ? Number(value[numberKey]) : value;
  });
}

type ArrayPlace = readonly [first: number, length: number];

function requireWhole(magic: string, bytes: Uint8Array, view: DataView): void {
  if (bytes.length < prefixBytes + checksumBytes) throw corrupt(`it has only ${bytes.length} bytes`);
  if (readAscii(bytes.subarray(0, magic.length)) !== magic) throw corrupt('it does not begin as a checkpoint does');
  const found = view.getUint32(4, true);
  if (found !== version) throw corrupt(`it is of version ${found} of the format, and only version ${version} is known`);
  const expected = prefixBytes + view.getUint32(8, true) + view.getUint32(12, true) + checksumBytes;
  if (bytes.length !== expected) throw corrupt(`it has ${bytes.length} bytes where it says ${expected}`);
  const checksumAt = bytes.length - checksumBytes;
  if (crc32(bytes.subarray(0, checksumAt)) !== view.getUint32(checksumAt, true)) {
    throw corrupt('its checksum does not match what it holds');
  }
}

function corrupt(problem: string): TrainingError {
  return new TrainingError(`Cannot read the checkpoint: ${problem}; use another checkpoint or start anew`, {
    code: 'TRAINING_CHECKPOINT_CORRUPT',
    details: { problem },
  });
}

function asciiJson(value: unknown, placeOf: (values: Float32Array) => ArrayPlace): string {
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Float32Array) return { [placeKey]: placeOf(part) };
    return typeof part === 'number' && !Number.isFinite(part) ? { [numberKey]: String(part) } : part;
  });
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isPlace(value: unknown): value is { readonly [placeKey]: ArrayPlace } {
  return typeof value === 'object' && value !== null && placeKey in value;
}

function isOddNumber(value: unknown): value is { readonly [numberKey]: string } {
  return typeof value === 'object' && value !== null && numberKey in value;
}

function writeFloats(view: DataView, at: number, arrays: readonly Float32Array[]): void {
  let offset = at;
  for (const values of arrays) {
    for (const value of values) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
}

function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
}

function readAscii(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
