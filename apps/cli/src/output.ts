import { isAppError, type Logger } from '@i-drill/core';
import { isMlflowError } from 'mlflow-client-ts';
import type { CliErrorCode } from './errors.js';
import { isSystemError } from './system-error.js';

/** Where a command's answer and its words go: answers to stdout, words to stderr. */
export interface Output {
  readonly logger: Logger;
  /** The answer: as JSON under `--json`, else as the given lines. */
  readonly answer: (value: unknown, lines: readonly string[]) => void;
  /** A line of progress for a person; silent under `--json`. */
  readonly progress: (line: string) => void;
}

/** The output of a command. */
export function createOutput({ json }: { readonly json: boolean }): Output {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  return {
    logger: json ? jsonLogger(say) : textLogger(say),
    answer: (value, lines) => {
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${lines.join('\n')}\n`);
    },
    progress: (line) => {
      if (!json) say(line);
    },
  };
}

function textLogger(say: (line: string) => void): Logger {
  return {
    info: (message) => {
      say(`  ${message}`);
    },
    warn: (message) => {
      say(`  warning: ${message}`);
    },
    error: (message) => {
      say(`  error: ${message}`);
    },
  };
}

function jsonLogger(say: (line: string) => void): Logger {
  const line =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      say(JSON.stringify({ level, message, ...fields }));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** An error as a person or a program reads it; the stack only for defects of ours. */
export function describeError(error: unknown): { code: string; message: string; details: unknown } {
  if (isAppError(error) || isMlflowError(error)) {
    return { code: error.code, message: error.message, details: error.details };
  }
  if (isSystemError(error)) {
    const { syscall, path } = error;
    const message = `Cannot go on: ${error.message}; make room or permit it, and check the paths of the configuration`;
    return { code: 'CLI_SYSTEM' satisfies CliErrorCode, message, details: { cause: error.code, syscall, path } };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'UNEXPECTED', message, details: {} };
}
