import { describe, expect, it } from 'vitest';
import { environmentDefaults, prepareNativeEnvironment } from './native-environment.js';

describe('prepareNativeEnvironment()', () => {
  it('sets what the user has not set', () => {
    const env: Record<string, string | undefined> = { TF_NUM_INTRAOP_THREADS: '8', PATH: '/bin' };
    prepareNativeEnvironment({ env });
    expect(env).toEqual({ ...environmentDefaults, TF_NUM_INTRAOP_THREADS: '8', PATH: '/bin' });
  });

  it('gives back what Node 23 removed from util, and keeps what is there', () => {
    const isArray = (): boolean => true;
    const util: Record<string, unknown> = { isArray };
    prepareNativeEnvironment({ env: {}, getBuiltinModule: () => util });
    expect(util['isArray']).toBe(isArray);
    const isNullOrUndefined = util['isNullOrUndefined'] as (value: unknown) => boolean;
    expect([undefined, null, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  });

  it('does nothing where there is no process', () => {
    expect(() => {
      prepareNativeEnvironment(undefined);
    }).not.toThrow();
  });
});
