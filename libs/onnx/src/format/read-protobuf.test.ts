import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesField, floatField, integerField, joinBytes, textField } from './protobuf.js';
import { readFields, textOf } from './read-protobuf.js';

describe('readFields()', () => {
  it('reads what is written, fields in their order', () => {
    const field = fc.integer({ min: 1, max: 5000 });
    const fields = fc.array(
      fc.oneof(
        fc.record({ field, value: fc.maxSafeNat() }),
        fc.record({ field, value: fc.uint8Array({ maxLength: 300 }) }),
      ),
    );
    fc.assert(
      fc.property(fields, (list) => {
        const message = joinBytes(
          list.map(({ field, value }) =>
            typeof value === 'number' ? integerField(field, value) : bytesField(field, value),
          ),
        );
        expect([...readFields(message)]).toEqual(list);
      }),
    );
  });

  it('reads texts, and gives fixed-width fields as their bytes', () => {
    const message = joinBytes([
      textField(1, 'Drehmoment · kN·m'),
      floatField(2, 1),
      Uint8Array.of(25, 1, 2, 3, 4, 5, 6, 7, 8),
    ]);
    const [text, float, double] = [...readFields(message)];
    expect(textOf(text!.value)).toBe('Drehmoment · kN·m');
    expect(float).toEqual({ field: 2, value: Uint8Array.of(0, 0, 0x80, 0x3f) });
    expect(double).toEqual({ field: 3, value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  });

  const broken: Record<string, [bytes: readonly number[], message: string]> = {
    'a length beyond the end': [[0x0a, 5, 1], 'Cannot read 5 bytes: the message ends before'],
    'a number that does not end': [[0x08, 0x80], 'Cannot read a number: the message ends before'],
    'a number of eleven bytes': [
      [0x08, ...new Array<number>(10).fill(0x80), 1],
      'Cannot read a number: it is longer than ten bytes',
    ],
    'a group, which no longer exists': [[0x0b], 'Cannot read a field of wire type 3'],
  };
  for (const [title, [bytes, message]] of Object.entries(broken)) {
    it(`refuses ${title}`, () => {
      expect(() => [...readFields(Uint8Array.from(bytes))]).toThrow(new RangeError(message));
    });
  }

  it('refuses to read a number as a text', () => {
    expect(() => textOf(5)).toThrow(new RangeError('Cannot read a text: the field is a number'));
  });
});
