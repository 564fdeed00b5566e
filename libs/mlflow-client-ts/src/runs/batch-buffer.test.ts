import { describe, expect, it } from 'vitest';
import { batchBuffer } from './batch-buffer.js';

const point = { key: 'loss', value: 1, timestamp: 5, step: 0 };

describe('batchBuffer()', () => {
  it('gives everything together, once', () => {
    const buffer = batchBuffer();
    buffer.add({ metrics: [point], params: { a: '1' } });
    buffer.add({ metrics: [point], tags: { b: '2' } });
    expect(buffer.size()).toBe(4);
    expect(buffer.take()).toEqual({ metrics: [point, point], params: { a: '1' }, tags: { b: '2' } });
    expect(buffer.take()).toBeUndefined();
    expect(buffer.size()).toBe(0);
  });

  it('keeps the later of two values of a tag, and keys that objects have by themselves', () => {
    const buffer = batchBuffer();
    buffer.add({ tags: { a: '1', constructor: 'x' } });
    buffer.add({ tags: { a: '2', ['__proto__']: 'y' } });
    expect(Object.entries(buffer.take()?.tags ?? {})).toEqual([['a', '2'], ['constructor', 'x'], ['__proto__', 'y']]); // prettier-ignore
  });
});
