import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin/i-drill-model-server.mjs', import.meta.url));
const children: ChildProcess[] = [];
const servers: number[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const pid of servers.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** As a shell would call it, from a folder that is not the project's. */
function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [bin, ...args], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function startRouter(): Promise<{ child: ChildProcess; line: { url: string; pid: number } }> {
  const child = start('route', '--port', '0', '--admin-port', '0');
  const [first] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const line = JSON.parse(first) as { url: string; pid: number };
  servers.push(line.pid);
  return { child, line };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('i-drill-model-server', () => {
  it('runs in the clone, passes a signal on, and ends with the exit code of the program', async () => {
    const { child, line } = await startRouter();
    expect([isAlive(line.pid), line.pid === child.pid]).toEqual([true, false]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(isAlive(line.pid)).toBe(false);
  });

  it('leaves no server behind when the launcher is killed', async () => {
    const { child, line } = await startRouter();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => isAlive(line.pid), { timeout: 10_000 }).toBe(false);
  });

  it('ends when the server itself is killed, and says so', async () => {
    const { child, line } = await startRouter();
    process.kill(line.pid, 'SIGKILL');
    expect(await once(child, 'exit')).toEqual([137, null]);
  });

  it('keeps data on stdout and words on stderr', async () => {
    const help = start('--help');
    const [helpText] = await Promise.all([text(help.stdout!), once(help, 'exit')]);
    expect([help.exitCode, helpText.includes('serve') && helpText.includes('route')]).toEqual([0, true]);

    const wrong = start('serve');
    const [data, words] = await Promise.all([text(wrong.stdout!), text(wrong.stderr!), once(wrong, 'exit')]);
    expect([wrong.exitCode, data]).toEqual([2, '']);
    expect(words).toContain("required option '--model-uri <uri>' not specified");
  });
});
