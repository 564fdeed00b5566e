import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMlflowError, isNotFound, MlflowError, openMlflow } from './index.js';

describe('openMlflow()', () => {
  it.each(['file:./mlruns', 'file:mlruns', `file://${process.cwd()}/x`, './mlruns', '/tmp/x', 'http://localhost:5000'])(
    'opens %s',
    (trackingUri) => {
      expect(openMlflow({ trackingUri, env: {} }).trackingUri).toBe(trackingUri);
    },
  );

  it.each([
    '',
    'mlruns',
    'sqlite:///mlflow.db',
    'databricks',
    'file:',
    'file://host/x',
    'file:%zz',
    'http://',
    'https://a b',
  ])('refuses %j with MLFLOW_INVALID_URI', (trackingUri) => {
    const open = (): unknown => openMlflow({ trackingUri, env: {} });
    expect(open).toThrow(expect.objectContaining({ code: 'MLFLOW_INVALID_URI' }));
  });

  it('reads the limits of calls from the environment, and refuses what is no number', () => {
    const trackingUri = 'http://localhost:5000';
    const open = (env: Record<string, string>) => (): unknown => openMlflow({ trackingUri, env });
    expect(open({ MLFLOW_HTTP_REQUEST_TIMEOUT: '5', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' })).not.toThrow();
    expect(open({ MLFLOW_HTTP_REQUEST_TIMEOUT: 'soon' })).toThrow('MLFLOW_HTTP_REQUEST_TIMEOUT="soon"');
  });

  it('touches nothing before the first call', async () => {
    const { existsSync } = await import('node:fs');
    const folder = join(import.meta.dirname, 'never-made');
    openMlflow({ trackingUri: folder });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('errors', () => {
  it('are told apart by code', () => {
    const error = new MlflowError('Cannot get run "a": none', { code: 'RESOURCE_DOES_NOT_EXIST', httpStatus: 404 });
    expect([isNotFound(error), isMlflowError(error), isMlflowError(error, 'MLFLOW_TIMEOUT')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([isNotFound(new Error('x')), isMlflowError({ code: 'RESOURCE_DOES_NOT_EXIST' })]).toEqual([false, false]);
  });
});
