import type { ArtifactRepository } from '../api/artifacts.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import type { Paged } from '../api/paged.js';
import { MlflowError } from '../errors.js';
import { paged } from '../paging.js';

/**
 * A store whose calls are refused with MLFLOW_ABORTED once the signal is given, before anything of them is done. What has begun is left to the
 * store: an embedded one finishes its write, a client of a server cuts it off.
 */
export function abortable(store: StoreMethods, signal: AbortSignal): StoreMethods {
  return guarded(store, signal);
}

function guarded<T extends object>(target: T, signal: AbortSignal): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const method = value as (...args: unknown[]) => unknown;
        if (isDeferred(name)) return guardedResult(method.apply(object, given), signal);
        return signal.aborted ? Promise.reject(abortedError(String(name), signal)) : method.apply(object, given);
      };
    },
  });
}

/** Methods that give an object whose own methods do the work. */
function isDeferred(name: string | symbol): boolean {
  return typeof name === 'string' && (name === 'artifacts' || name === 'stream' || pagedMethods.has(name));
}

const pagedMethods = new Set<string>([
  'searchExperiments',
  'searchRuns',
  'pageMetricHistory',
  'searchLoggedModels',
  'searchRegisteredModels',
  'searchModelVersions',
  'listWebhooks',
] satisfies (keyof StoreMethods)[]);

function guardedResult(result: unknown, signal: AbortSignal): unknown {
  if (isPaged(result)) {
    return paged((request) => {
      if (signal.aborted) return Promise.reject(abortedError('search', signal));
      return result.page(request);
    });
  }
  if (Symbol.asyncIterator in (result as object)) return guardedStream(result as AsyncIterable<Uint8Array>, signal);
  return guarded(result as ArtifactRepository, signal);
}

function isPaged(value: unknown): value is Paged<unknown> {
  return typeof (value as Partial<Paged<unknown>>).page === 'function';
}

async function* guardedStream(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (signal.aborted) throw abortedError('stream', signal);
  for await (const chunk of source) {
    if (signal.aborted) throw abortedError('stream', signal);
    yield chunk;
  }
}

function abortedError(method: string, signal: AbortSignal): MlflowError {
  return new MlflowError(`Cannot ${method}: the caller has aborted it`, {
    code: 'MLFLOW_ABORTED',
    cause: signal.reason,
  });
}
