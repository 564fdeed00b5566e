import { describe, expect, it } from 'vitest';
import { withoutNewProcessListeners } from './process-listeners.js';

function rethrow(error: unknown): void {
  throw error;
}

describe('withoutNewProcessListeners()', () => {
  it('removes what was added and keeps what was there', async () => {
    const earlier = (): void => undefined;
    process.on('uncaughtException', earlier);
    const result = await withoutNewProcessListeners(() => {
      process.on('uncaughtException', rethrow);
      process.on('unhandledRejection', rethrow);
      return Promise.resolve('ready');
    });
    const left = [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')];
    process.removeListener('uncaughtException', earlier);
    expect(result).toBe('ready');
    expect(left).toContain(earlier);
    expect(left).not.toContain(rethrow);
  });
});
