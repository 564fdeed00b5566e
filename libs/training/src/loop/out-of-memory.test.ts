import { describe, expect, it } from 'vitest';
import { TrainingError } from '../errors.js';
import { namedIfOutOfMemory } from './out-of-memory.js';

const size = { batchSize: 4096, windowLength: 300 };
const training = { action: 'train', ...size } as const;

describe('namedIfOutOfMemory()', () => {
  it.each([
    'Array buffer allocation failed',
    'Invalid typed array length: 4294967296',
    'Invalid array buffer length',
    'Aborted(OOM). Build with -sASSERTIONS for more info.',
    'Cannot enlarge memory arrays',
    'WebAssembly.Memory.grow(): Out of memory',
    'memory access out of bounds',
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[4096,4096]',
    'Failed to allocate: RESOURCE_EXHAUSTED',
    'ResourceExhaustedError: 2 root error(s) found',
  ])('names batch size and window for "%s"', (message) => {
    const cause = new Error(message);
    expect(namedIfOutOfMemory(cause, training)).toMatchObject({
      code: 'TRAINING_OUT_OF_MEMORY',
      message: expect.stringContaining('batches of 4096 windows of 300 rows') as string,
      details: size,
      cause,
    });
  });

  it('names the batch around the allocation that failed', () => {
    const cause = new TrainingError('Cannot allocate 8 bytes', {
      code: 'TRAINING_OUT_OF_MEMORY',
      details: { bytes: 8 },
    });
    expect(namedIfOutOfMemory(cause, { action: 'predict', ...size })).toMatchObject({ details: size, cause });
  });

  it('leaves every other error as it is, of whatever kind', () => {
    const others = [
      new RangeError('Cannot train: epochs is 0; give a whole number of at least 1'),
      new TypeError('x is not a function'),
      new TrainingError('Cannot train: out of memory of names', { code: 'TRAINING_DIVERGED' }),
      'a string',
    ];
    for (const other of others) expect(namedIfOutOfMemory(other, training)).toBe(other);
  });
});
