import { userInfo } from 'node:os';

/** Who runs this process; `undefined` for a user id without an entry, as in some containers. */
export function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
