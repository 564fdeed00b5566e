import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { smallTraining } from '../testing/small-training.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.js';
import { crc32 } from './crc32.js';
import { trainSequenceModel } from './train-sequence-model.js';

async function someCheckpoint(): Promise<TrainingCheckpoint> {
  const checkpoints: TrainingCheckpoint[] = [];
  await trainSequenceModel({
    ...smallTraining({ epochs: 2 }),
    onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
  });
  return checkpoints[1]!;
}

describe('a checkpoint as bytes', () => {
  let checkpoint: TrainingCheckpoint;
  let bytes: Uint8Array;
  const corrupt = expect.objectContaining({ code: 'TRAINING_CHECKPOINT_CORRUPT' }) as Error;

  beforeAll(async () => {
    await selectBackend(['cpu']);
    checkpoint = await someCheckpoint();
    bytes = encodeCheckpoint(checkpoint);
  });

  it('comes back as it was, to the last bit', () => {
    expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
    expect(encodeCheckpoint(decodeCheckpoint(bytes))).toEqual(bytes);
  });

  it('keeps weights of any value and names of any script', () => {
    const values = Float32Array.of(-0, 1e-45, 3.4e38, Number.NaN, Infinity, 1 / 3);
    const preprocessing = { ...checkpoint.preprocessing, target: { name: 'Lebensdauer “übrig” 寿命', unit: '°C·h' } };
    const odd = { ...checkpoint, preprocessing, weights: [{ name: 'a', shape: [6], values }] };
    expect(decodeCheckpoint(encodeCheckpoint(odd))).toEqual(odd);
  });

  it('can lie anywhere in a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(decodeCheckpoint(larger.subarray(3, 3 + bytes.length))).toEqual(checkpoint);
  });

  it('is refused when a bit is flipped, anywhere', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (index, bit) => {
        const flipped = bytes.slice();
        flipped[index]! ^= 1 << bit;
        expect(() => decodeCheckpoint(flipped)).toThrow(corrupt);
      }),
    );
  });

  it('is refused when it is cut off or goes on', () => {
    for (const length of [0, 3, 15, 19, 20, bytes.length - 1]) {
      expect(() => decodeCheckpoint(bytes.slice(0, length))).toThrow(corrupt);
    }
    expect(() => decodeCheckpoint(Uint8Array.of(...bytes, 0))).toThrow(corrupt);
  });

  it('is refused when another version of the format wrote it, and says so', () => {
    const later = bytes.slice();
    const view = new DataView(later.buffer);
    view.setUint32(4, 2, true);
    view.setUint32(later.length - 4, crc32(later.subarray(0, -4)), true);
    expect(() => decodeCheckpoint(later)).toThrow('version 2 of the format, and only version 1 is known');
  });

  it('is refused when it is something else', () => {
    expect(() => decodeCheckpoint(new Uint8Array(100).fill(65))).toThrow('it does not begin as a checkpoint does');
  });
});

describe('crc32()', () => {
  it('has the check value of the standard', () => {
    expect(crc32(Uint8Array.from('123456789', (digit) => digit.charCodeAt(0)))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
