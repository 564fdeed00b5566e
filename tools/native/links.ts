import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** A symbolic link: from where, to what. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** Whether a link is there, says what it should and leads to something. */
export function isLinked({ from, to }: Link): boolean {
  try {
    return readlinkSync(from) === to && existsSync(from);
  } catch {
    return false;
  }
}

/** Makes a link; whatever was at its place goes. */
export function makeLink({ from, to }: Link): void {
  mkdirSync(dirname(from), { recursive: true });
  rmSync(from, { recursive: true, force: true });
  symlinkSync(to, from);
}
