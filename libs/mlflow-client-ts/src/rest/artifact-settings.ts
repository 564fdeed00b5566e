import { invalidValue } from '../faults.js';

/** How large files are uploaded. */
export interface ArtifactOptions {
  /** Files of this size and more go up in parts, where the server offers it. @default 500 MiB */
  readonly multipartThresholdBytes?: number;
  /** Size of a part; larger where a file would have more than 10 000 of them. Stores on S3 take no less than 5 MiB. @default 10 MiB */
  readonly partBytes?: number;
}

/** The same, complete. */
export type ArtifactSettings = Required<ArtifactOptions>;

const mebibyte = 1024 * 1024;

/** Completes the options. */
export function resolveArtifactSettings(options: ArtifactOptions = {}): ArtifactSettings {
  const { multipartThresholdBytes = 500 * mebibyte, partBytes = 10 * mebibyte } = options;
  assertBytes('multipartThresholdBytes', multipartThresholdBytes, 0);
  assertBytes('partBytes', partBytes, 1);
  return { multipartThresholdBytes, partBytes };
}

function assertBytes(name: string, value: number, least: number): void {
  if (value >= least && (Number.isSafeInteger(value) || value === Infinity)) return;
  throw invalidValue(`Cannot use artifacts.${name}=${value}: it is no number of bytes; give an integer from ${least}`, {
    [name]: value,
  });
}
