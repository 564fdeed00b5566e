import { statfsSync } from 'node:fs';
import { SetupError } from './setup-error.js';

const neededBytes = 2.5e9;

/** Refuses machines for which PyPI's wheel has no library that tfjs-node links against. */
export function requireKnownMachine(platform: string, architecture: string): void {
  if (platform === 'linux' && architecture === 'x64') return;
  throw new SetupError(
    `Cannot set up the native backend on ${platform} ${architecture}: only linux x64 is known to work`,
    'train on WebAssembly, which is there everywhere; or install tfjs-node yourself: npm install --no-save @tensorflow/tfjs-node@4.22.0',
  );
}

/** Refuses a disk on which the download and what is unpacked from it have no room. */
export function requireRoom(folder: string, freeBytes: number = free(folder)): void {
  if (freeBytes >= neededBytes) return;
  throw new SetupError(
    `Cannot unpack TensorFlow: ${(freeBytes / 1e9).toFixed(1)} GB are free in "${folder}"`,
    `make room: ${neededBytes / 1e9} GB are needed for a while, 0.9 GB stay`,
  );
}

function free(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
