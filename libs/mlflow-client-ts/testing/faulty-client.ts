import type { MlflowClient } from '../src/api/mlflow-client.js';
import type { Paged } from '../src/api/paged.js';
import { MlflowError } from '../src/errors.js';

/** What happens to one call: it fails before it has an effect, or after, or it never ends. */
export type Fault = 'before' | 'after' | 'hang' | undefined;

/** Decides about each call, by its number from 0 on and its name. */
export type FaultPlan = (call: number, method: string) => Fault;

/** The same store, to which things happen. */
export function faultyClient(client: MlflowClient, plan: FaultPlan): MlflowClient {
  let calls = 0;
  const act = async <T>(method: string, work: () => Promise<T>): Promise<T> => {
    const fault = plan(calls++, method);
    if (fault === 'before') throw unreachable(method);
    const result = await work();
    if (fault === 'after') throw unreachable(method);
    return fault === 'hang' ? new Promise<T>(() => undefined) : result;
  };
  return faulty(client, act);
}

function unreachable(method: string): MlflowError {
  return new MlflowError(`Cannot ${method}: the connection broke`, { code: 'MLFLOW_UNREACHABLE' });
}

type Act = <T>(method: string, work: () => Promise<T>) => Promise<T>;

function faulty<T extends object>(target: T, act: Act): T {
  return new Proxy(target, {
    get(object, name) {
      const value = Reflect.get(object, name) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = (): unknown => (value as (...all: unknown[]) => unknown).apply(object, args);
        if (name === 'artifacts' || name === 'with') return faulty(call() as object, act);
        if (isPagedName(String(name))) return faultyPages(call() as Paged<unknown>, String(name), act);
        return act(String(name), call as () => Promise<unknown>);
      };
    },
  });
}

function isPagedName(name: string): boolean {
  return (name.startsWith('search') && name !== 'searchDatasets') || name === 'pageMetricHistory';
}

function faultyPages(result: Paged<unknown>, name: string, act: Act): Paged<unknown> {
  return {
    page: (request) => act(name, () => result.page(request)),
    all: (limit) => act(name, () => result.all(limit)),
    async *[Symbol.asyncIterator]() {
      yield* await act(name, () => result.all());
    },
  };
}
