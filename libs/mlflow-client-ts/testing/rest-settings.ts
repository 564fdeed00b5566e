import { createHttp, type StreamingHttp } from '../src/rest/http.js';
import { resolveRestSettings, type RestOptions, type RestSettings } from '../src/rest/settings.js';

/** Settings for tests: waits are noted instead of waited for, and at the middle of their jitter. */
export interface TestSettings {
  readonly settings: RestSettings;
  readonly sleeps: number[];
  readonly http: StreamingHttp;
}

export function testSettings(
  trackingUri: string,
  changes: Partial<RestSettings> = {},
  options: Partial<RestOptions> = {},
): TestSettings {
  const sleeps: number[] = [];
  const settings: RestSettings = {
    ...resolveRestSettings({ trackingUri, env: {}, ...options }),
    sleep: (ms) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    ...changes,
  };
  return { settings, sleeps, http: createHttp(settings) };
}

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was expected to fail');
}
