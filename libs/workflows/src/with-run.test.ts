import { AppError } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { WorkflowError } from './errors.js';
import { openScene } from './testing/scene.js';
import { withRun } from './with-run.js';

const options = { experiment: 'tests', runName: 'a run', tags: { who: 'ada' } };

describe('withRun()', () => {
  it('opens a run in the experiment, gives the result and closes it FINISHED', async () => {
    const { ports, store, clock } = openScene();
    const result = await withRun(ports, options, ({ runId }) => {
      clock.advance(500);
      return Promise.resolve(runId);
    });
    expect(result).toBe('run-1');
    expect(store.runs).toMatchObject([
      { experimentId: 'experiment tests', runName: 'a run', status: 'FINISHED', startTime: 1000, endTime: 1500 },
    ]);
    expect(store.runs[0]?.tags).toEqual({ who: 'ada' });
  });

  it('closes the run FAILED with code and message of the error, and passes the error on', async () => {
    const { ports, store } = openScene();
    const error = new AppError('Cannot do it: no', { code: 'X_NO' });
    await expect(withRun(ports, options, () => Promise.reject(error))).rejects.toBe(error);
    expect(store.runs[0]).toMatchObject({ status: 'FAILED', endTime: 1000 });
    expect(store.runs[0]?.tags).toMatchObject({ 'i_drill.error_code': 'X_NO', 'i_drill.error': 'Cannot do it: no' });
  });

  it('closes an interrupted run KILLED', async () => {
    const { ports, store } = openScene();
    const error = new WorkflowError('Cannot go on', { code: 'WORKFLOW_INTERRUPTED' });
    await expect(withRun(ports, options, () => Promise.reject(error))).rejects.toBe(error);
    expect(store.runs[0]).toMatchObject({ status: 'KILLED' });
  });

  it.each([
    ['an error without a code', new TypeError('x is undefined'), 'x is undefined'],
    ['a thrown text', 'out of paper', 'out of paper'],
  ])('tags %s as unexpected', async (_what, thrown, message) => {
    const { ports, store } = openScene();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what other code throws
    await expect(withRun(ports, options, () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(store.runs[0]?.tags).toMatchObject({ 'i_drill.error_code': 'UNEXPECTED', 'i_drill.error': message });
  });

  it('closes the run even when the reason cannot be written', async () => {
    const { ports, store, logger } = openScene();
    store.refuse = () => 'disk full';
    const error = new AppError('Cannot do it', { code: 'X_NO' });
    await expect(withRun(ports, options, () => Promise.reject(error))).rejects.toBe(error);
    expect(store.runs[0]).toMatchObject({ status: 'FAILED', endTime: 1000 });
    expect(logger.lines).toMatchObject([
      { level: 'error', message: 'Cannot tag run run-1: the tracking store refused' },
    ]);
  });

  it("passes the work's error on when closing fails too", async () => {
    const { ports, store, logger } = openScene();
    store.updateRun = () => Promise.reject(new Error('gone'));
    const error = new AppError('Cannot do it', { code: 'X_NO' });
    await expect(withRun(ports, options, () => Promise.reject(error))).rejects.toBe(error);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'Cannot mark run run-1 as FAILED: the tracking store refused',
    ]);
  });
});
