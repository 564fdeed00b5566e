import type { ArtifactRepository } from '../api/artifacts.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import type { Paged } from '../api/paged.js';
import { paged } from '../paging.js';

/** What is done around every call: before it, after it, or instead of it. */
type Around = <T>(method: string, call: () => Promise<T>) => Promise<T>;

/** Methods whose result is asked for page by page. */
export const pagedMethods: ReadonlySet<string | symbol> = new Set([
  'searchExperiments',
  'searchRuns',
  'pageMetricHistory',
  'searchLoggedModels',
  'searchRegisteredModels',
  'searchModelVersions',
  'listWebhooks',
] satisfies (keyof StoreMethods)[]);

/** A store with something around each of its calls, the pages of its searches, its artifact repositories, and the steps of their streams. */
export function aroundCalls(store: StoreMethods, around: Around): StoreMethods {
  return withAround(store, around);
}

/** The same for one artifact repository. */
export function aroundArtifacts(repository: ArtifactRepository, around: Around): ArtifactRepository {
  return withAround(repository, around);
}

function withAround<T extends object>(target: T, around: Around): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof value !== 'function' || typeof name === 'symbol') return value;
      return (...given: unknown[]) => {
        const call = (): unknown => Reflect.apply(value, object, given);
        if (name === 'artifacts') return withAround(call() as ArtifactRepository, around);
        if (name === 'stream') return aroundSteps(call() as AsyncIterable<Uint8Array>, around);
        if (pagedMethods.has(name)) return aroundPages(name, call() as Paged<unknown>, around);
        return around(name, () => called(call));
      };
    },
  });
}

/** What is thrown at once is a rejection as well. */
function called(call: () => unknown): Promise<unknown> {
  return new Promise((resolve) => {
    resolve(call());
  });
}

function aroundPages(name: string, result: Paged<unknown>, around: Around): Paged<unknown> {
  return paged((request) => around(name, () => result.page(request)));
}

async function* aroundSteps(source: AsyncIterable<Uint8Array>, around: Around): AsyncGenerator<Uint8Array> {
  const steps = source[Symbol.asyncIterator]();
  const next = (): Promise<IteratorResult<Uint8Array>> => around('stream', () => steps.next());
  try {
    for (let step = await next(); step.done !== true; step = await next()) yield step.value;
  } finally {
    await steps.return?.(); // who stops in the middle closes the file
  }
}
