import { afterEach, describe, expect, it, vi } from 'vitest';
import { onAbort } from './on-abort.js';
import { sleep } from './sleep.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('onAbort()', () => {
  it('calls all back who have not taken it back, over one listener', () => {
    const controller = new AbortController();
    const listen = vi.spyOn(controller.signal, 'addEventListener');
    const called: number[] = [];
    const undo = Array.from({ length: 100 }, (_, i) => onAbort(controller.signal, () => called.push(i)));
    undo.slice(3).forEach((each) => {
      each();
    });
    controller.abort();
    expect(called).toEqual([0, 1, 2]);
    expect(listen).toHaveBeenCalledTimes(1);
  });

  it('calls back at once when the signal has been given', () => {
    let count = 0;
    onAbort(AbortSignal.abort(), () => count++)();
    expect(count).toBe(1);
  });
});

describe('sleep()', () => {
  it('ends after its time, or with the reason of the signal before', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const waits = Promise.allSettled([sleep(10), sleep(10, controller.signal), sleep(1000, controller.signal)]);
    vi.advanceTimersByTime(10);
    controller.abort('enough');
    expect((await waits).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(vi.getTimerCount()).toBe(0);
    await expect(sleep(10, controller.signal)).rejects.toThrow('enough');
  });
});
