type Listener = (...args: unknown[]) => void;

/** The part of Node's `process` that is needed here; absent elsewhere. */
interface ListeningProcess {
  listeners(event: string): Listener[];
  removeListener(event: string, listener: Listener): void;
}

const events = ['uncaughtException', 'unhandledRejection'];

/**
 * Runs `start` and removes the last-resort handlers it left on the process. The loader of the WebAssembly backend adds
 * some that only throw again, whereupon Node prints the loader's whole minified source before any uncaught error.
 */
export async function withoutNewProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const { process } = globalThis as { readonly process?: ListeningProcess };
  if (!process) return start();
  const before = new Set(events.flatMap((event) => process.listeners(event)));
  const result = await start();
  for (const event of events) {
    const added = process.listeners(event).filter((listener) => !before.has(listener));
    for (const listener of added) process.removeListener(event, listener);
  }
  return result;
}
