import { AppError } from '@i-drill/core';
import { MlflowError } from 'mlflow-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutput, describeError } from './output.js';

describe('describeError()', () => {
  it('tells a known error by code, message and details, without its stack', () => {
    const error = new AppError('Cannot read "a.csv": no such file', {
      code: 'DATASET_FILE_MISSING',
      details: { path: 'a' },
    });
    expect(describeError(error)).toEqual({
      code: 'DATASET_FILE_MISSING',
      message: 'Cannot read "a.csv": no such file',
      details: { path: 'a' },
    });
  });

  it('tells an error of the tracking store the same way', () => {
    const error = new MlflowError('Cannot reach it', { code: 'MLFLOW_UNREACHABLE', cause: new Error('ECONNREFUSED') });
    expect(describeError(error)).toEqual({ code: 'MLFLOW_UNREACHABLE', message: 'Cannot reach it', details: {} });
  });

  it('shows the stack of what nobody expected', () => {
    const error = new TypeError('x is undefined');
    expect(describeError(error)).toEqual({ code: 'UNEXPECTED', message: error.stack, details: {} });
    expect(describeError('a text')).toMatchObject({ code: 'UNEXPECTED', message: 'a text' });
  });
});

describe('createOutput()', () => {
  let out: string[];
  let words: string[];

  beforeEach(() => {
    out = [];
    words = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => words.push(String(text)) > 0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('answers a person in lines on stdout, and tells progress and logs on stderr', () => {
    const output = createOutput({ json: false });
    output.progress('training');
    output.logger.info('one');
    output.logger.warn('two');
    output.logger.error('three');
    output.answer({ version: '1' }, ['version 1', 'done']);
    expect(out).toEqual(['version 1\ndone\n']);
    expect(words).toEqual(['training\n', '  one\n', '  warning: two\n', '  error: three\n']);
  });

  it('answers a program in one JSON value, keeps progress to itself and logs JSON lines', () => {
    const output = createOutput({ json: true });
    output.progress('training');
    output.logger.warn('two', { lines: 3 });
    output.answer({ version: '1' }, ['version 1']);
    expect(JSON.parse(out.join(''))).toEqual({ version: '1' });
    expect(words.map((line) => JSON.parse(line) as unknown)).toEqual([{ level: 'warn', message: 'two', lines: 3 }]);
  });
});
