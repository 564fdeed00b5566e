import { invalidValue } from '../faults.js';

/** Refuses a path that is absolute, leaves the artifacts of its run, or is written in a roundabout way. */
export function assertArtifactPath(path: string): void {
  const segments = path.split('/');
  const isClean = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!isClean || path.includes('\\') || path.includes('\0')) {
    throw invalidValue(
      `Cannot use ${JSON.stringify(path)} as artifact path: give a relative path with "/", without "." and ".."`,
      { path },
    );
  }
}
