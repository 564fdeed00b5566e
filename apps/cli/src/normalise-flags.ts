/**
 * Flags may be written with `_` where `-` is meant, as the predecessor's scripts took them. Values are left alone.
 *
 * @example
 * ```ts
 * normaliseFlags(['train', '--model_type=lstm_a']); // => ['train', '--model-type=lstm_a']
 * ```
 */
export function normaliseFlags(argv: readonly string[]): string[] {
  return argv.map((argument) => {
    if (!argument.startsWith('--')) return argument;
    const [flag = '', ...value] = argument.split('=');
    return [flag.replaceAll('_', '-'), ...value].join('=');
  });
}
