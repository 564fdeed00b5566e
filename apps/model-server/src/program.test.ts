import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProgramIo } from './program-io.js';
import { runProgram } from './program.js';
import { exampleWindow, registeredVersion, type RegisteredVersion } from './testing/registered-version.js';

let store: RegisteredVersion | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await store?.remove();
  store = undefined;
});

interface Run {
  readonly io: ProgramIo;
  readonly logger: CapturingLogger;
  /** Resolves with the listening line. */
  readonly listening: Promise<Record<string, string>>;
  stop(): void;
}

function runIn(env: Record<string, string> = {}): Run {
  const logger = new CapturingLogger();
  let stop = (): void => undefined;
  let isStoppable = false;
  let listen: (line: Record<string, string>) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = () => {
      resolve('test');
    };
  });
  const listening = new Promise<Record<string, string>>((resolve) => (listen = resolve));
  const io: ProgramIo = {
    env: { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', ...env },
    clock: new FakeClock(1000),
    logger,
    print: (line) => {
      listen({ ...(line as Record<string, string>), ...(!isStoppable && { broken: 'a signal now would kill it' }) });
    },
    stopRequested: () => {
      isStoppable = true;
      return stopped;
    },
    crash: () => {
      throw new Error('crashed');
    },
  };
  return {
    io,
    logger,
    listening,
    stop: () => {
      stop();
    },
  };
}

function serveArgs({ trackingUri, folder }: RegisteredVersion, ...more: string[]): string[] {
  const flags = ['--tracking-uri', trackingUri, '--cache-dir', join(folder, 'cache'), '--port', '0'];
  return ['serve', '--model-uri', 'models:/bit-life/1', ...flags, ...more];
}

async function invoke(url: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: [exampleWindow] }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('serve', () => {
  it('serves a registered version, logs its predictions, and ends with 0 when it is asked to stop', async () => {
    store = await registeredVersion();
    const run = runIn();
    const log = join(store.folder, 'log');
    const exit = runProgram(serveArgs(store, '--arm', 'candidate', '--environment', 'e', '--log-dir', log), run.io);
    const { url, ...line } = await run.listening;
    expect(line).toEqual({ event: 'listening', pid: process.pid, version: '1' });
    expect(await invoke(url!)).toEqual({ status: 200, body: { predictions: { prediction: [[7]] } } });
    run.stop();
    expect(await exit).toBe(0);
    const [file] = await readdir(log);
    expect(JSON.parse(await readFile(join(log, file!), 'utf8'))).toMatchObject({
      ...{ model: 'bit-life', version: '1', arm: 'candidate', environment: 'e', output: 7 },
      inputs: exampleWindow,
    });
  });

  it('downloads a version once', async () => {
    store = await registeredVersion();
    const args = serveArgs(store);
    for (let i = 0; i < 2; i++) {
      const run = runIn();
      const exit = runProgram(args, run.io);
      await run.listening;
      run.stop();
      expect(await exit).toBe(0);
    }
    expect(await readdir(join(store.folder, 'cache'))).toEqual([expect.stringMatching(/^bit-life-v1-[0-9a-f]{16}$/)]);
  });

  it('misbehaves as I_DRILL_FAULT says, and says so', async () => {
    store = await registeredVersion();
    const run = runIn({ I_DRILL_FAULT: 'error-rate:1@1' });
    const exit = runProgram(serveArgs(store), run.io);
    const { url } = await run.listening;
    expect([(await invoke(url!)).status, (await invoke(url!)).status]).toEqual([200, 500]);
    expect(run.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('FAULT INJECTION') as string }),
    );
    run.stop();
    expect(await exit).toBe(0);
  });

  it('refuses to misbehave in production, before it opens anything', async () => {
    store = await registeredVersion();
    const run = runIn({ I_DRILL_FAULT: 'error-rate:0' });
    expect(await runProgram(serveArgs(store, '--environment', 'production'), run.io)).toBe(2);
    expect(run.logger.lines).toMatchObject([
      {
        level: 'error',
        message:
          'Cannot use I_DRILL_FAULT "error-rate:0": expected no fault in environment "production"; unset it, or give another --environment',
        fields: { code: 'MODEL_SERVER_INVALID_OPTION' },
      },
    ]);
  });

  it('refuses with 1 a model file that is not the registered one', async () => {
    store = await registeredVersion({ 'model.onnx': Buffer.from('another') });
    const run = runIn();
    expect(await runProgram(serveArgs(store), run.io)).toBe(1);
    expect(run.logger.lines.at(-1)?.fields).toEqual({ code: 'SERVING_DIGEST_MISMATCH' });
  });

  it.each([
    [2, 'REGISTRY_VERSION_MISSING', ['--model-uri', 'models:/bit-life/9']],
    [2, 'REGISTRY_VERSION_MISSING', ['--model-uri', 'models:/bit-life@production']],
    [2, 'REGISTRY_INVALID_URI', ['--model-uri', 'bit-life']],
    [2, 'MLFLOW_INVALID_URI', ['--tracking-uri', 'ftp://x']],
    [2, 'MODEL_SERVER_INVALID_OPTION', ['--port', '99999']],
    [3, 'MLFLOW_UNREACHABLE', ['--tracking-uri', 'http://127.0.0.1:1']],
  ])('ends with %i and %s for %j', async (exitCode, code, flags) => {
    store = await registeredVersion();
    const run = runIn();
    expect(await runProgram(serveArgs(store, ...flags), run.io)).toBe(exitCode);
    expect(run.logger.lines.at(-1)).toMatchObject({ level: 'error', fields: { code } });
  });

  it('takes the tracking URI from MLFLOW_TRACKING_URI, and never tells the password in it', async () => {
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://ada:s3cret@127.0.0.1:1');
    const run = runIn();
    expect(await runProgram(['serve', '--model-uri', 'models:/bit-life/1'], run.io)).toBe(3);
    expect(run.logger.lines).toMatchObject([{ level: 'error', fields: { code: 'MLFLOW_UNREACHABLE' } }]);
    expect(JSON.stringify(run.logger.lines)).not.toContain('s3cret');
  });

  it('ends with 2 for a fault that does not exist', async () => {
    store = await registeredVersion();
    const run = runIn({ I_DRILL_FAULT: 'meltdown' });
    expect(await runProgram(serveArgs(store), run.io)).toBe(2);
    expect(run.logger.lines.at(-1)?.fields).toEqual({ code: 'MODEL_SERVER_INVALID_OPTION' });
  });

  it('ends with 3 when the port is in use, or a folder cannot be written', async () => {
    store = await registeredVersion();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const run = runIn();
    expect(await runProgram(serveArgs(store, '--port', String(port)), run.io)).toBe(3);
    expect(run.logger.lines.at(-1)?.fields).toEqual({ code: 'SERVING_PORT_IN_USE' });
    await new Promise((resolve) => other.close(resolve));

    const file = join(store.folder, 'file');
    await writeFile(file, '');
    expect(await runProgram(serveArgs(store, '--cache-dir', join(file, 'x')), run.io)).toBe(3);
    expect(run.logger.lines.at(-1)?.fields).toEqual({ code: 'MODEL_SERVER_CACHE_UNWRITABLE' });
  });
});

describe('route', () => {
  it('listens on both ports until it is asked to stop', async () => {
    const run = runIn();
    const exit = runProgram(['route', '--port', '0', '--admin-port', '0'], run.io);
    const { url, adminUrl, broken } = await run.listening;
    expect(broken).toBeUndefined();
    expect((await fetch(url!)).status).toBe(503);
    expect(await (await fetch(`${adminUrl!}/state`)).json()).toMatchObject({ arms: [] });
    run.stop();
    expect(await exit).toBe(0);
  });
});

describe('exit codes', () => {
  it('tell our own bug from everything else', async () => {
    store = await registeredVersion();
    const run = runIn();
    const io = {
      ...run.io,
      print: () => {
        throw new TypeError('a bug');
      },
    };
    expect(await runProgram(serveArgs(store), io)).toBe(70);
    expect(run.logger.lines.at(-1)?.fields).toHaveProperty('stack');
  });
});
