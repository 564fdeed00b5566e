import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizationOf } from './authorization.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mlflow-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const ada = 'Basic YWRhOnM6ZWNyZXQ='; // ada:s:ecret
const header = (env: Record<string, string>, address = 'http://localhost:5000'): string | undefined =>
  authorizationOf(new URL(address), env)?.header;
const credentials = (text: string): void => {
  mkdirSync(join(home, '.mlflow'), { recursive: true });
  writeFileSync(join(home, '.mlflow/credentials'), text);
};

describe('authorizationOf()', () => {
  it('is nothing when nothing is known', () => {
    expect(header({ HOME: home })).toBeUndefined();
  });

  it('takes a user with password before a token, and a token before half of the former', () => {
    const user = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 's:ecret' };
    expect(header({ ...user, MLFLOW_TRACKING_TOKEN: 'tok' })).toBe(ada);
    expect(header({ MLFLOW_TRACKING_TOKEN: 'tok' })).toBe('Bearer tok');
    expect(header({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_TOKEN: 'tok' })).toBe('Bearer tok');
    expect(header({ MLFLOW_TRACKING_USERNAME: 'ada' })).toBeUndefined();
  });

  it('takes what stands in the address before all else', () => {
    const env = { MLFLOW_TRACKING_USERNAME: 'bob', MLFLOW_TRACKING_PASSWORD: 'x' };
    expect(header(env, 'http://ada:s%3Aecret@localhost')).toBe(ada);
    expect(header({}, 'http://ada:100%@localhost')).toBe(`Basic ${btoa('ada:100%')}`);
  });

  it('reads the credentials file as Python does', () => {
    credentials(
      '[other]\nmlflow_tracking_username = bob\n[mlflow]\n; note\nMLFLOW_tracking_username = ada\nmlflow_tracking_password=s:ecret\n',
    );
    expect(header({ HOME: home })).toBe(ada);
  });

  it('takes from the file what the environment leaves out or empty', () => {
    credentials('[DEFAULT]\nmlflow_tracking_password: 100%%\n[mlflow]\r\nmlflow_tracking_username: bob\n');
    const env = { HOME: home, MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: '' };
    expect(header(env)).toBe(`Basic ${btoa('ada:100%')}`);
  });

  it('is nothing for a file of other sections', () => {
    credentials('[other]\nmlflow_tracking_username = bob\nmlflow_tracking_password = x\n');
    expect(header({ HOME: home })).toBeUndefined();
  });

  it('refuses a token with a line break, without showing it', () => {
    const open = (): unknown => header({ MLFLOW_TRACKING_TOKEN: 's3cret\nX: 1' });
    expect(open).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    expect(open).not.toThrow('s3cret');
  });
});
