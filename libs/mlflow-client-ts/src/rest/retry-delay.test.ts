import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter, retryDelay } from './retry-delay.js';

const limits = {
  maxAttempts: 8,
  backoffMs: 2000,
  jitterMs: 1000,
  maxRetryAfterMs: 10_000,
  respectsRetryAfter: true,
  random: () => 0.5,
};

describe('retryDelay()', () => {
  it('is uniform up to a bound that doubles with every try, two minutes at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
        const delay = retryDelay({ ...limits, random: () => random }, { attempt, isIdempotent: true, status: 503 });
        expect(delay).toBeCloseTo(random * Math.min(2000 * 2 ** (attempt - 1) + 1000, 120_000), 6);
      }),
    );
  });

  it('is none after the last try', () => {
    expect(retryDelay(limits, { attempt: 7, isIdempotent: true, status: 503 })).toBeDefined();
    expect(retryDelay(limits, { attempt: 8, isIdempotent: true, status: 503 })).toBeUndefined();
  });

  it('is what the server asks for, up to the limit', () => {
    const failed = { attempt: 1, isIdempotent: false, status: 429 };
    expect(retryDelay(limits, { ...failed, retryAfterMs: 10_000 })).toBe(10_000);
    expect(retryDelay(limits, { ...failed, retryAfterMs: 10_001 })).toBeUndefined();
  });

  it('is none when repeating is of no use', () => {
    expect(retryDelay(limits, { attempt: 1, isIdempotent: true, isFinal: true })).toBeUndefined();
    expect(retryDelay(limits, { attempt: 1, isIdempotent: true })).toBeDefined();
  });
});

describe('parseRetryAfter()', () => {
  const now = Date.parse('2024-01-01T00:00:00Z');

  it('reads seconds and dates', () => {
    expect(parseRetryAfter('3', now)).toBe(3000);
    expect(parseRetryAfter('Mon, 01 Jan 2024 00:00:05 GMT', now)).toBe(5000);
    expect(parseRetryAfter('Sun, 31 Dec 2023 00:00:00 GMT', now)).toBe(0);
  });

  it.each([undefined, '', ' ', 'soon'])('takes %j for nothing', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined();
  });
});
