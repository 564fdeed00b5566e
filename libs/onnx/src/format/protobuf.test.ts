import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesField, encodeVarint, floatField, integerField, textField } from './protobuf.js';

/** A varint read by its definition: seven bits per byte, least significant first. */
function decodeVarint(bytes: Uint8Array): number {
  const bits = Array.from(bytes, (byte, i) => BigInt(byte & 0x7f) << BigInt(7 * i));
  return Number(BigInt.asIntN(64, bits.reduce((sum, part) => sum + part, 0n))); // prettier-ignore
}

describe('the protobuf wire format', () => {
  it('agrees with the examples of the specification (protobuf.dev, Encoding)', () => {
    expect(encodeVarint(150)).toEqual(Uint8Array.of(0x96, 0x01));
    expect(integerField(1, 150)).toEqual(Uint8Array.of(0x08, 0x96, 0x01));
    expect(textField(2, 'testing')).toEqual(Uint8Array.of(0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67));
    expect(bytesField(3, integerField(1, 150))).toEqual(Uint8Array.of(0x1a, 0x03, 0x08, 0x96, 0x01));
    expect(floatField(4, 0.15625)).toEqual(Uint8Array.of(0x25, 0, 0, 0x20, 0x3e)); // IEEE 754: 0 01111100 01000…
    expect(encodeVarint(-2)).toEqual(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
  });

  it('writes every safe integer so that it can be read back, in as few bytes as possible', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = encodeVarint(value);
        expect(decodeVarint(bytes)).toBe(value);
        expect(bytes.slice(0, -1).every((byte) => byte >= 0x80)).toBe(true);
        expect(bytes.at(-1)).toBeLessThan(0x80);
        if (bytes.length > 1) expect(bytes.at(-1)).toBeGreaterThan(0);
      }),
    );
  });

  it('writes field numbers above 15 in two bytes', () => {
    expect(integerField(20, 2)).toEqual(Uint8Array.of(0xa0, 0x01, 0x02));
  });
});
