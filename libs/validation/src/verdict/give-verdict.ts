import { combineStatuses, type CheckResult, type Measurement, type ModelVersionRef, type Status } from '@i-drill/core';

/** What was shown of a model version, and what follows. Plain values: JSON gives it back as it was. */
export interface Verdict {
  readonly formatVersion: 1;
  /** `<model>-<version>-<time>`, safe as a file name. */
  readonly id: string;
  readonly model: ModelVersionRef;
  /** Only `passed` lets the version through. */
  readonly status: Status;
  readonly checks: readonly CheckResult[];
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly dataFingerprint: string;
  /** SHA-256 of the model file, hex. */
  readonly modelDigest: string;
}

/** What a verdict is given on. */
export interface VerdictInput {
  readonly model: ModelVersionRef;
  readonly checks: readonly CheckResult[];
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly dataFingerprint: string;
  readonly modelDigest: string;
}

/**
 * The verdict over all checks: the worst status that blocks. A warning never blocks; no checks are `inconclusive`.
 *
 * @example
 * ```ts
 * import { checkExport, giveVerdict } from '@i-drill/validation';
 * const model = { name: 'bit-life', version: '3' };
 * const verdict = giveVerdict({ model, checks: [checkExport(0, 1e-4)], at: 0, dataFingerprint: 'f', modelDigest: 'd' });
 * verdict.status; // => 'passed'
 * verdict.id; // => 'bit-life-3-19700101T000000000Z'
 * ```
 */
export function giveVerdict(input: VerdictInput): Verdict {
  return {
    formatVersion: 1,
    id: verdictId(input.model, input.at),
    model: { name: input.model.name, version: input.model.version },
    status: combineStatuses(input.checks),
    checks: input.checks.map((check) => ({ ...check, measurements: check.measurements.map(asJson) })),
    at: input.at,
    dataFingerprint: input.dataFingerprint,
    modelDigest: input.modelDigest,
  };
}

function verdictId({ name, version }: ModelVersionRef, at: number): string {
  const time = new Date(at).toISOString().replaceAll(/[-:.]/g, '');
  return `${name}-${version}-${time}`.replaceAll(/[^A-Za-z0-9._-]/g, '-');
}

/** JSON has no NaN and no Infinity and would turn them into null, "not measured"; they are kept as words. */
function asJson(measurement: Measurement): Measurement {
  const { value } = measurement;
  return typeof value === 'number' && !Number.isFinite(value) ? { ...measurement, value: String(value) } : measurement;
}
