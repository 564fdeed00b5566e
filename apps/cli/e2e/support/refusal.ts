import { expect } from 'vitest';
import type { CliResult } from './cli-process.js';

/** What a refused command must say. */
export interface Refusal {
  readonly exitCode: 1 | 2 | 3;
  readonly code: string;
  /** Files, values and advice that the message must name. */
  readonly says: readonly string[];
}

/** One error, told once, with its code and the words that help; no answer, no stack trace. */
export function expectRefusal(result: CliResult, { exitCode, code, says }: Refusal): void {
  expect(
    result.errors.map((error) => error.code),
    result.stderr,
  ).toEqual([code]);
  const message = result.errors[0]?.message ?? '';
  for (const words of says) expect(message).toContain(words);
  expect(message).not.toMatch(/\n\s+at /);
  expect(result.stdout).toBe('');
  expect(result.exitCode).toBe(exitCode);
}
