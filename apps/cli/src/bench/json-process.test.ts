import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonFromProcess, ownCommand } from './json-process.js';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'i-drill-process-'));
  program = join(folder, 'answer.mjs');
  const source = `
    const [what] = process.argv.slice(2);
    if (what === 'fail') process.exitCode = 2;
    if (what === 'die') process.kill(process.pid, 'SIGKILL');
    console.log(JSON.stringify({ what, flags: process.execArgv }));
    `;
  await writeFile(program, source);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (what: string): Promise<unknown> =>
  jsonFromProcess({ nodeFlags: ['--no-warnings'], program, args: [what] });

describe('jsonFromProcess()', () => {
  it('gives the answer of the program', async () => {
    expect(await run('speak')).toEqual({ what: 'speak', flags: ['--no-warnings'] });
  });

  it.each([
    ['fail', 2],
    ['die', 'SIGKILL'],
  ])('refuses what a program says that does not end well: %s', async (what, end) => {
    await expect(run(what)).rejects.toMatchObject({ code: 'CLI_BENCH_FAILED', details: { args: [what], end } });
  });
});

describe('ownCommand()', () => {
  it('is the running program with its Node flags', () => {
    const { execArgv, argv } = process;
    expect(ownCommand(['bench'])).toEqual({ nodeFlags: execArgv, program: argv[1], args: ['bench'] });
  });
});
