import { describe, expect, it } from 'vitest';
import { withFailedEnding } from './failed-ending.js';

const ending = new Error('the store refused something');

describe('withFailedEnding()', () => {
  it('gives the error of the work, caused by the other when it had no cause', () => {
    const error = new TypeError('no data');
    expect(withFailedEnding(error, ending)).toBe(error);
    expect(error.cause).toBe(ending);
  });

  it('keeps the cause there was', () => {
    const cause = new Error('before');
    const error = new Error('no data', { cause });
    expect(withFailedEnding(error, ending)).toBe(error);
    expect((error.cause as AggregateError).errors).toEqual([cause, ending]);
  });

  it('joins the other to what cannot carry it', () => {
    for (const thrown of ['text', undefined, Object.freeze(new Error('frozen'))]) {
      expect((withFailedEnding(thrown, ending) as AggregateError).errors).toEqual([thrown, ending]);
    }
  });
});
