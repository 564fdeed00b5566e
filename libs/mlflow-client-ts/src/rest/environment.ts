import { MlflowError } from '../errors.js';

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a number in the environment must be. */
interface NumberRange {
  readonly least: number;
  /** @default Infinity */
  readonly most?: number;
}

/** A number; `undefined` when it is not set. */
export function readNumber(env: Environment, name: string, range: NumberRange): number | undefined {
  const text = env[name] ?? '';
  if (text === '') return undefined;
  const value = Number(text);
  const { least, most = Infinity } = range;
  if (text.trim() !== '' && value >= least && value <= most && value !== Infinity) return value;
  const wanted = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  throw new MlflowError(`Cannot use ${name}="${text}": it is not a number ${wanted}; correct it or unset it`, {
    code: 'INVALID_PARAMETER_VALUE',
  });
}

/** `true`, `false`, `1` or `0` in any case; `undefined` when it is not set. */
export function readBoolean(env: Environment, name: string): boolean | undefined {
  const text = env[name] ?? '';
  if (text === '') return undefined;
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === '1') return true;
  if (lower === 'false' || lower === '0') return false;
  throw new MlflowError(`Cannot use ${name}="${text}": it is neither true nor false; correct it or unset it`, {
    code: 'INVALID_PARAMETER_VALUE',
  });
}
