import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { userName } from '../../processes/user-name.js';
import { readGitCheckout } from './git-checkout.js';
import type { ProgramFacts } from './describe-environment.js';
import { readPackageFacts } from './package-facts.js';

/** Where the program stands; of the environment only whether `CI` is set is looked at. */
export async function readProgramFacts(): Promise<ProgramFacts> {
  const script = process.argv[1];
  const folder = script === undefined ? process.cwd() : dirname(script);
  const [git, own] = await Promise.all([orUnreadable(readGitCheckout(folder)), orUnreadable(readPackageFacts(folder))]);
  const user = userName();
  const isJob = !['', 'false', '0'].includes(process.env['CI'] ?? '');
  return {
    ...(user !== undefined && { user }),
    ...(script !== undefined && { script }),
    isJob,
    host: hostname(),
    nodeVersion: process.version,
    ...(git !== undefined && { git }),
    ...(own !== undefined && { package: own }),
  };
}

/** A folder that may not be read is no reason to refuse a run. */
async function orUnreadable<T>(facts: Promise<T>): Promise<T | undefined> {
  try {
    return await facts;
  } catch {
    return undefined;
  }
}
