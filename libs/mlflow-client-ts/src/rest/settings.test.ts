import { describe, expect, it } from 'vitest';
import { openMlflow } from '../open-mlflow.js';
import { resolveRestSettings, type RestOptions } from './settings.js';

const resolve = (
  env: Record<string, string>,
  options: Partial<RestOptions> = {},
): ReturnType<typeof resolveRestSettings> =>
  resolveRestSettings({ trackingUri: 'http://localhost:5000/', env, ...options });

describe('resolveRestSettings()', () => {
  it('reads the limits of calls from the environment', () => {
    const settings = resolve({
      MLFLOW_HTTP_REQUEST_TIMEOUT: '5',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '2',
      MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '1.5',
      MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER: 'False',
      MLFLOW_ALLOW_HTTP_REDIRECTS: '0',
      MLFLOW_WORKSPACE: 'drilling',
    });
    expect(settings).toMatchObject({
      baseUrl: 'http://localhost:5000',
      headers: { 'x-mlflow-workspace': 'drilling' },
      timeoutMs: 5000,
      maxAttempts: 1,
      backoffMs: 2000,
      jitterMs: 1500,
      respectsRetryAfter: false,
      followsRedirects: false,
    });
  });

  it('has its own limits when the environment is silent, and takes those of the caller before it', () => {
    expect(resolve({})).toMatchObject({ timeoutMs: 120_000, maxAttempts: 3, backoffMs: 250, jitterMs: 0 });
    const env = { MLFLOW_HTTP_REQUEST_TIMEOUT: '5', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '10' };
    expect(resolve(env, { timeoutMs: 7, maxAttempts: 2 })).toMatchObject({ timeoutMs: 7, maxAttempts: 2 });
  });

  it.each([
    ['MLFLOW_HTTP_REQUEST_TIMEOUT', 'soon'],
    ['MLFLOW_HTTP_REQUEST_TIMEOUT', '0'],
    ['MLFLOW_HTTP_REQUEST_MAX_RETRIES', '11'],
    ['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', '121'],
    ['MLFLOW_HTTP_REQUEST_BACKOFF_JITTER', '-1'],
    ['MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER', 'yes'],
    ['MLFLOW_ALLOW_HTTP_REDIRECTS', 'no'],
    ['MLFLOW_TRACKING_INSECURE_TLS', 'maybe'],
  ])('refuses %s="%s", and says so', (name, value) => {
    const open = (): unknown => resolve({ [name]: value });
    expect(open).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    expect(open).toThrow(`${name}="${value}"`);
  });

  it.each([{ MLFLOW_TRACKING_AWS_SIGV4: 'true' }, { MLFLOW_TRACKING_AUTH: 'kubernetes' }])(
    'refuses %j, which only Python has, unless the caller signs',
    (env) => {
      expect(() => resolve(env)).toThrow(expect.objectContaining({ code: 'MLFLOW_UNSUPPORTED' }));
      expect(resolve(env, { sign: () => ({}) }).baseUrl).toBe('http://localhost:5000');
    },
  );

  it('refuses an address with a query without showing what is secret in it', () => {
    const open = (): unknown => resolve({}, { trackingUri: 'http://ada:s3cret@localhost/?key=s3cret' });
    expect(open).toThrow(expect.objectContaining({ code: 'MLFLOW_INVALID_URI' }));
    expect(open).not.toThrow('s3cret');
    const malformed = (): unknown => resolve({}, { trackingUri: 'http://ada:s3c/ret@localhost' });
    expect(malformed).toThrow('"http://localhost"');
  });

  it.each([{ timeoutMs: 0 }, { timeoutMs: NaN }, { maxAttempts: 0 }, { maxAttempts: NaN }])('refuses %j', (limits) => {
    const [name] = Object.keys(limits);
    expect(() => resolve({}, limits)).toThrow(`Cannot use ${name}=`);
  });

  it.each([{ timeoutMs: 0 }, { maxAttempts: NaN }])('refuses %j also for some calls only', (limits) => {
    expect(() => openMlflow({ trackingUri: 'http://localhost', env: {} }).with(limits)).toThrow('Cannot use');
  });

  it.each(['a\nb', '😀'])('refuses the workspace %j, which no header can carry', (workspace) => {
    expect(() => resolve({ MLFLOW_WORKSPACE: workspace })).toThrow(
      `Cannot use MLFLOW_WORKSPACE=${JSON.stringify(workspace)}`,
    );
  });

  it('refuses sizes of parts that are none', () => {
    expect(() => resolve({}, { artifacts: { partBytes: 0 } })).toThrow('artifacts.partBytes=0');
    expect(resolve({}, { artifacts: { multipartThresholdBytes: Infinity } }).artifacts.partBytes).toBe(10_485_760);
  });
});
