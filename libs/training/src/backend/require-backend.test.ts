import { describe, expect, it } from 'vitest';
import { requireBackend } from './require-backend.js';
import { selectBackend } from './select-backend.js';

describe('requireBackend()', () => {
  it('throws TRAINING_NO_BACKEND until a backend is chosen', async () => {
    const act = (): void => {
      requireBackend('predict');
    };
    expect(act).toThrow(expect.objectContaining({ code: 'TRAINING_NO_BACKEND' }) as Error);
    await selectBackend(['cpu']);
    expect(act).not.toThrow();
  });
});
