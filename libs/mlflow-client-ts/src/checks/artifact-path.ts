import { invalidValue } from '../faults.js';

// A server decodes percent escapes until there are none left, and takes "#" for the start of a fragment; half a character has no code there.
const misread = /[\\#\p{Cc}\p{Cs}]|%[\da-f]{2}/iu;

/** Refuses a path that is absolute, leaves the artifacts of its run, is written in a roundabout way, or is misread by a server. */
export function assertArtifactPath(path: string): void {
  const isClean = path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (isClean && !misread.test(path)) return;
  throw invalidValue(
    `Cannot use ${JSON.stringify(path)} as artifact path: give a relative path with "/", without "." and "..", "#", "\\" and "%41"`,
    { path },
  );
}
