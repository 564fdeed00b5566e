import type { StoreMethods } from '../api/mlflow-client.js';
import type { Paged } from '../api/paged.js';
import { pagedMethods } from '../checks/around-calls.js';
import { paged } from '../paging.js';
import { mapStrings } from './map-strings.js';
import { resolveAmong, withStoreIds } from './offline-ids.js';
import type { SpoolContext } from './spooled-client.js';

type Method = (...args: unknown[]) => unknown;

/** The store behind a spool: every call first waits until the store has everything, and takes offline ids. */
export function whenShipped(context: SpoolContext): StoreMethods {
  const { client } = context;
  return new Proxy<StoreMethods>(client, {
    get(_, name) {
      const value = Reflect.get(client, name) as unknown;
      if (typeof value !== 'function') return value;
      const method = value as Method;
      if (!pagedMethods.has(name)) {
        return async (...args: unknown[]) => method.apply(client, await shipped(context, String(name), args));
      }
      return (...args: unknown[]) =>
        paged<unknown>(async (request) => {
          const result = method.apply(client, await shipped(context, String(name), args)) as Paged<unknown>;
          return result.page(request);
        });
    },
  });
}

/** Waits for the store; the arguments with the store's ids. */
export async function shipped<T extends readonly unknown[]>(
  { client, logs, experiments, folder }: SpoolContext,
  method: string,
  args: T,
): Promise<T> {
  await logs.drain(method);
  const resolve = resolveAmong(client, folder);
  return mapStrings(args, async (text) => {
    const experimentId = await experiments.storeIdOf(text);
    return experimentId === text ? withStoreIds(logs.storeIdOf(text), resolve) : experimentId;
  });
}
