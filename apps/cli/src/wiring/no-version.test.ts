import { isMlflowError, MlflowError } from 'mlflow-client-ts';
import { describe, expect, it } from 'vitest';
import { explainNoVersion } from './no-version.js';

const training = { modelName: 'bit-life', trackingUri: 'http://mlflow:5000', spoolFolder: './spool' };

describe('explainNoVersion()', () => {
  it('says what is kept, and how to get a version, when the server is away', () => {
    const away = new MlflowError('Cannot reach it', { code: 'MLFLOW_UNREACHABLE' });
    const told = explainNoVersion(away, training);
    expect(isMlflowError(told, 'MLFLOW_UNREACHABLE')).toBe(true);
    expect((told as Error).message).toMatch(
      /"bit-life": http:\/\/mlflow:5000 .*"\.\/spool".*mlflow sync.*i-drill train/,
    );
    expect((told as Error).cause).toBe(away);
  });

  it('leaves any other error as it is', () => {
    const refusal = new MlflowError('Cannot take it', { code: 'INVALID_PARAMETER_VALUE' });
    expect(explainNoVersion(refusal, training)).toBe(refusal);
  });
});
