import { Command, InvalidArgumentError } from 'commander';

/** A command with the flags all of them take. */
export function commandWithCommonFlags(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--config <file>', 'configuration', 'config/mlops_config.yaml')
    .option('--tracking-uri <uri>', 'MLflow store, http(s)://… or file:…; default: from the configuration')
    .option('--json', 'answer as JSON on stdout');
}

/** Flags that name one registered version. */
export function withVersionFlags(command: Command, fallback: string): Command {
  return command
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .option('--model-version <number>', `version number; default: ${fallback}`)
    .option('--alias <alias>', 'version by alias instead of number');
}

/** Parses a registered model's name: it becomes a folder and part of `models:/` addresses. */
export function modelNameFlag(text: string): string {
  if (/^\w[\w .-]*$/.test(text)) return text;
  throw new InvalidArgumentError('a name of letters, digits, blanks, _ - and . is expected, not beginning with a dot');
}

/** Parses a whole number >= `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`a whole number >= ${least} is expected`);
    return value;
  };
}

/** Parses a number > 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('a number > 0 is expected');
  return value;
}

/** Parses a number from 0 to 1. */
export function shareNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('a number from 0 to 1 is expected');
  return value;
}

/** Parses a number of either sign. */
export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number is expected');
  return value;
}

/** Parses numbers that rise, separated by commas. */
export function risingNumbers(text: string): number[] {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isRising = values.every((value, i) => Number.isFinite(value) && (i === 0 || value > values[i - 1]!));
  if (!isRising) throw new InvalidArgumentError('numbers that rise are expected, separated by commas: 15,30');
  return values;
}
