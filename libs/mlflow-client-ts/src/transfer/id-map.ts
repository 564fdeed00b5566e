const idPattern = /(?:m-)?[0-9a-f]{32}/g;
const runUriPattern = /runs:\/([\w-]+)/g;

/** The ids that the new store gave to what has been exported. */
export interface IdMap {
  set(id: string, newId: string): void;
  get(id: string): string | undefined;
  /** A text with the new ids in place of the old ones; an id of something that is not exported stays as it is. */
  map(text: string): string;
}

/** No ids yet. */
export function createIdMap(): IdMap {
  const ids = new Map<string, string>();
  return {
    set(id, newId) {
      ids.set(id, newId);
    },
    get: (id) => ids.get(id),
    map(text) {
      const whole = ids.get(text);
      if (whole !== undefined) return whole;
      return text
        .replace(runUriPattern, (_, id: string) => `runs:/${ids.get(id) ?? id}`)
        .replace(idPattern, (id) => ids.get(id) ?? id);
    },
  };
}
