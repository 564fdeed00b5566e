/** Remembers where something was last seen, so that it is looked for there first. What is remembered may be out of date. */
export interface Homes {
  get(id: string): string | undefined;
  set(id: string, folder: string): void;
}

/** @param most so many are kept; the first ones are forgotten */
export function createHomes(most = 100_000): Homes {
  const folders = new Map<string, string>();
  return {
    get: (id) => folders.get(id),
    set(id, folder) {
      folders.set(id, folder);
      const oldest = folders.keys().next();
      if (folders.size > most && oldest.done !== true) folders.delete(oldest.value);
    },
  };
}
