import type { ServedModel } from '@i-drill/serving';
import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { describe, expect, it } from 'vitest';
import { parseFault, withFault } from './fault.js';

const model = { predict: () => Promise.resolve({ prediction: Float32Array.of(1) }) } as unknown as ServedModel;

/** `.` for an answer, `x` for an error, `!` for the crash that ends it, over `count` requests. */
async function run(text: string, count: number): Promise<{ course: string; clock: FakeClock }> {
  const clock = new FakeClock();
  const crash = (): void => {
    throw new Error('crash');
  };
  const faulty = withFault(model, parseFault(text), { clock, logger: new CapturingLogger(), crash });
  let course = '';
  while (course.length < count && !course.endsWith('!')) {
    course += await faulty.predict(new Float32Array(1), 1).then(
      () => '.',
      (error: unknown) => (String(error).endsWith('crash') ? '!' : 'x'),
    );
  }
  return { course, clock };
}

describe('withFault()', () => {
  it.each([
    ['error-rate:0.5', '.x.x.x.x'],
    ['error-rate:1', 'xxxxxxxx'],
    ['error-rate:0', '........'],
    ['error-rate:0.25', '...x...x'],
    ['error-rate:0.5@4', '.....x.x'],
    ['crash-after:3', '...!'],
    ['crash-after:1@2', '...!'],
  ])('%s gives %s', async (text, course) => {
    expect((await run(text, 8)).course).toBe(course);
  });

  it('waits as long as it is told', async () => {
    const { course, clock } = await run('latency-ms:500@1', 3);
    expect([course, clock.now()]).toEqual(['...', 1000]);
  });
});

describe('parseFault()', () => {
  it.each(['', 'error-rate', 'error-rate:1.5', 'error-rate:-1', 'crash-after:x', 'latency-ms:5@'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseFault(text)).toThrow(expect.objectContaining({ code: 'MODEL_SERVER_INVALID_OPTION' }) as Error);
    },
  );
});
