import type { VersionStore } from '../version-store.js';

const writing: readonly string[] = [
  'setModelVersionTag',
  'transitionModelVersionStage',
  'setRegisteredModelAlias',
  'deleteRegisteredModelAlias',
] satisfies readonly (keyof VersionStore)[];

/** The same store, seen by a process that dies before its write number `writes + 1`. */
export function dyingAfter(store: VersionStore, writes: number): VersionStore {
  let left = writes;
  return new Proxy(store, {
    get(target, method) {
      const member: unknown = Reflect.get(target, method, target);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        if (writing.includes(String(method)) && left-- <= 0) return Promise.reject(new Error('the process died'));
        return Reflect.apply(member, target, values);
      };
    },
  });
}
