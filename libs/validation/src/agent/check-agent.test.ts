import { describe, expect, it } from 'vitest';
import { checkActions, checkViolations } from './check-agent.js';

describe('checkActions()', () => {
  it('passes where every set-point is a number within its bounds', () => {
    expect(checkActions('hard', { actions: 30, notFinite: 0, outside: 0 })).toMatchObject({
      check: 'agent.hard.actions',
      status: 'passed',
    });
  });

  it.each([
    [1, 0],
    [0, 1],
  ])('fails where %i are no numbers and %i are outside', (notFinite, outside) => {
    expect(checkActions('hard', { actions: 30, notFinite, outside }).status).toBe('failed');
  });

  it('does not pass an agent that was asked nothing', () => {
    expect(checkActions('hard', { actions: 0, notFinite: 0, outside: 0 }).status).toBe('error');
  });
});

describe('checkViolations()', () => {
  it('allows the limit, and as many as the reference where that is more', () => {
    expect(checkViolations('soft', { agent: 15, reference: 2, limit: 15 }).status).toBe('passed');
    expect(checkViolations('soft', { agent: 15.1, reference: 2, limit: 15 }).status).toBe('failed');
    expect(checkViolations('soft', { agent: 20, reference: 25, limit: 15 }).status).toBe('passed');
  });

  it('is an error where nothing was drilled', () => {
    expect(checkViolations('soft', { agent: NaN, reference: 2, limit: 15 })).toMatchObject({
      status: 'error',
      measurements: [{ value: null }],
    });
    expect(checkViolations('soft', { agent: Infinity, reference: 2, limit: 15 }).status).toBe('error');
  });
});
