/** A promise that a test resolves itself. */
export interface Deferred {
  readonly promise: Promise<undefined>;
  resolve(): void;
}

/** Makes one; `Promise.withResolvers` came with Node 22. */
export function deferred(): Deferred {
  let resolvePromise: (value: undefined) => void = () => undefined;
  const promise = new Promise<undefined>((resolve) => {
    resolvePromise = resolve;
  });
  return {
    promise,
    resolve: () => {
      resolvePromise(undefined);
    },
  };
}
