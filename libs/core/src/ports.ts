/** Time comes in as an argument: pure code never reads it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>;
}

/** The part of the platform's `AbortSignal` that pure code needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Structured log. Apps and runners are handed one; libraries do not print. */
export interface Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Uniform random numbers in [0, 1). Seeded: `createRng` of `@i-drill/numerics` makes one. */
export interface Rng {
  next(): number;
}
