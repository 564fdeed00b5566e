import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseFlags } from './normalise-flags.js';

describe('normaliseFlags()', () => {
  it.each([
    ['a flag and its value in one', ['--model_type=lstm_a'], ['--model-type=lstm_a']],
    ['a flag and its value apart', ['--model_name', 'bit_life'], ['--model-name', 'bit_life']],
    ['a value with an equals sign', ['--tracking_uri=http://m/?a_b=c_d'], ['--tracking-uri=http://m/?a_b=c_d']],
    ['commands and short flags', ['pipeline', 'run_it', '-a_b'], ['pipeline', 'run_it', '-a_b']],
    ['an empty value', ['--why='], ['--why=']],
  ])('leaves everything but the flag as it is: %s', (_what, given, expected) => {
    expect(normaliseFlags(given)).toEqual(expected);
  });

  it('changes nothing the second time, and never the number of arguments', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((text) => `--${text}`),
          ),
        ),
        (argv) => {
          const once = normaliseFlags(argv);
          expect(once).toHaveLength(argv.length);
          expect(normaliseFlags(once)).toEqual(once);
        },
      ),
    );
  });
});
