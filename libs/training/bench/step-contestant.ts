import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Who takes the steps. */
export interface Introduction {
  readonly version: string;
  /** Numbers that are trained. */
  readonly parameters: number;
}

/** What some steps took. */
export interface StepTimes {
  readonly wallMs: number[];
  /** Processor time of the whole process. */
  readonly cpuMs: number[];
  /** Of the batch, before the last step. */
  readonly loss: number;
}

/** A process that takes training steps when asked to. */
export interface Contestant extends Introduction {
  readonly name: string;
  take(steps: number): Promise<StepTimes>;
  end(): void;
}

/** Starts a contestant and waits until it is ready. */
export async function startContestant(name: string, command: string, args: readonly string[]): Promise<Contestant> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const next = await lines.next();
    if (next.done === true) throw new Error(`${name} ended before it answered`);
    return JSON.parse(next.value);
  };
  const introduction = (await answer()) as Introduction;
  return {
    ...introduction,
    name,
    take: async (steps) => {
      child.stdin.write(`${steps}\n`);
      return (await answer()) as StepTimes;
    },
    end: () => child.stdin.end(),
  };
}
