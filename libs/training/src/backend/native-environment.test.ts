import { describe, expect, it } from 'vitest';
import { avoidUnsafeProducts, environmentDefaults, prepareNativeEnvironment } from './native-environment.js';

describe('prepareNativeEnvironment()', () => {
  it('sets what the user has not set', () => {
    const env: Record<string, string | undefined> = { TF_NUM_INTRAOP_THREADS: '8', PATH: '/bin' };
    prepareNativeEnvironment({ env });
    expect(env).toEqual({ ...environmentDefaults, TF_NUM_INTRAOP_THREADS: '8', PATH: '/bin' });
  });

  it('gives util what Node 23 removed, and what earlier versions warn of', () => {
    const util: Record<string, unknown> = {};
    prepareNativeEnvironment({ env: {}, getBuiltinModule: () => util });
    const { isNullOrUndefined, isArray } = util as Record<string, (value: unknown) => boolean>;
    expect([undefined, null, 0, ''].map(isNullOrUndefined!)).toEqual([true, true, false, false]);
    expect([[], {}].map(isArray!)).toEqual([true, false]);
  });
});

describe('avoidUnsafeProducts()', () => {
  it('turns oneDNN off unless the binding or the user has chosen', () => {
    const variable = 'TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL';
    const chosen = (env: Record<string, string | undefined>): string | undefined => {
      avoidUnsafeProducts({ env });
      return env[variable];
    };
    expect([chosen({}), chosen({ [variable]: '1' })]).toEqual(['0', '1']);
  });
});
