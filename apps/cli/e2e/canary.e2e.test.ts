import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, keepAsking, until, type Answer } from './support/client.js';
import type { CliProcess, CliResult } from './support/cli-process.js';
import { closedPort } from './support/closed-port.js';
import { listingOf } from './support/listing.js';
import { expectRefusal } from './support/refusal.js';
import { lenientVerdict } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const model = 'bit-runs_lstm';
const deployment = ['deploy', '--model-name', model, '--generate-traffic', '60'];
let workplace: Workplace;
let url: string;
let challenger: { version: string; runId: string };
let window: unknown;

interface DeployAnswer {
  readonly outcome: { readonly outcome: string; readonly reason: string; readonly leftovers: readonly string[] };
  readonly traffic: { readonly sent: number; readonly failed: number; readonly byVersion: Record<string, number> };
  readonly journal: string;
}

/** Version 1 is in Production and in service; version 2 is in Staging. */
beforeAll(async () => {
  workplace = await Workplace.create(lenientVerdict);
  await workplace.writeConfig('slow.yaml', {
    extends: './config.yaml',
    deployment: { strategies: { canary: { evaluation_duration_minutes: 1 } } },
  });
  const first = (await workplace.must(['pipeline', 'run', '--keep-serving'])) as { url: string; runId: string };
  url = first.url;
  challenger = (await workplace.must(['train', '--seed', '2'])) as typeof challenger;
  await workplace.must(['validate', '--model-name', model, '--model-version', challenger.version]);
  const example = await readFile(join(workplace.artifactsOf(first.runId), 'model', 'input_example.json'), 'utf8');
  [window] = (JSON.parse(example) as { window: [unknown] }).window;
});

afterAll(async () => {
  await workplace.dispose();
});

/** Deploys version 2 in a way that must fail, and holds that nothing of it stays. */
async function expectRolledBack(deploy: () => Promise<CliResult>): Promise<DeployAnswer> {
  const before = { store: await listingOf(workplace.path('mlruns')), service: await workplace.service(model) };
  const { answer, exitCode, stderr } = await deploy();
  expect(exitCode, stderr).toBe(1);
  expect(answer).toMatchObject({ version: '2', outcome: { outcome: 'rolledBack', leftovers: [] } });
  expect(answer).not.toHaveProperty('promotion');
  expect(await listingOf(workplace.path('mlruns'))).toEqual(before.store);
  expect(await workplace.service(model)).toEqual(before.service);
  expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  return answer as DeployAnswer;
}

/** Waits until the candidate of a rollout has answered; a rollout that ends before says why. */
async function answerOfCandidate({ ended }: CliProcess): Promise<void> {
  let result: CliResult | undefined;
  void ended.then((early) => (result = early));
  await until('an answer of the candidate', async () => {
    if (result !== undefined)
      throw new Error(`deploy ended with ${result.exitCode}\n${result.stdout}\n${result.stderr}`);
    return (await ask(url, window)).version === '2' ? true : undefined;
  });
}

/** The answers of version 2. */
function fromCandidate(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ version }) => version === '2');
}

/** The shares a rollout set, by its journal. */
async function sharesSet({ journal }: DeployAnswer): Promise<number[]> {
  const lines = (await readFile(workplace.path(journal), 'utf8')).trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { command?: { type: string; share: number } });
  return entries.flatMap(({ command }) => (command?.type === 'setShare' ? [command.share] : []));
}

describe('a candidate that misbehaves', () => {
  // First of all: later ones find a good copy of the model where the first server put it.
  it('does not start with a model file that was changed after validation, and does with the right one', async () => {
    const path = join(workplace.artifactsOf(challenger.runId), 'model', 'model.onnx');
    const good = await readFile(path);
    await writeFile(path, Buffer.concat([good, Buffer.from(' ')]));
    const { outcome, traffic, ...answer } = await expectRolledBack(() => workplace.run(deployment));
    await writeFile(path, good);
    expect(outcome.reason).toContain('model.onnx');
    expect(outcome.reason).toContain('SHA-256');
    expect(traffic.failed).toBe(0);
    expect(traffic.byVersion).not.toHaveProperty('2');
    expect(await sharesSet({ outcome, traffic, ...answer })).toEqual([]);
  });

  it('never gets traffic when it dies at start', async () => {
    const { outcome, traffic } = await expectRolledBack(() =>
      workplace.run(deployment, { env: { I_DRILL_FAULT: 'no-such-fault' } }),
    );
    expect(outcome.reason).toContain('version 2: it ended before it listened');
    expect(outcome.reason).toContain('I_DRILL_FAULT "no-such-fault"');
    expect(traffic.failed).toBe(0);
    expect(traffic.byVersion).not.toHaveProperty('2');
  });

  it('never gets traffic when it answers errors from the first request on', async () => {
    const { outcome, traffic } = await expectRolledBack(() =>
      workplace.run(deployment, { env: { I_DRILL_FAULT: 'error-rate:1' } }),
    );
    expect(outcome.reason).toContain('predicts the input example');
    expect(outcome.reason).toContain('500');
    expect(traffic.failed).toBe(0);
    expect(traffic.byVersion).not.toHaveProperty('2');
  });

  it('is taken back when it answers errors under traffic', async () => {
    const { outcome, traffic, ...answer } = await expectRolledBack(() =>
      workplace.run(deployment, { env: { I_DRILL_FAULT: 'error-rate:1@3' } }),
    );
    expect(outcome.reason).toMatch(/\d+ errors of \d+ requests/);
    expect(traffic.failed).toBeGreaterThan(0);
    expect(traffic.failed).toBeLessThan(traffic.sent / 2);
    expect(await sharesSet({ outcome, traffic, ...answer })).toEqual([0.3, 0]);
  });

  it('costs no request when it is killed while it has traffic', async () => {
    const client = keepAsking(url, window);
    const { outcome, traffic } = await expectRolledBack(async () => {
      const command = workplace.start(deployment, { config: 'slow.yaml' });
      await answerOfCandidate(command);
      const candidate = (await workplace.service(model))?.arms.find(({ role }) => role === 'candidate');
      expect(candidate?.share).toBe(0.3);
      await until('an answer of the candidate to the client', () => Promise.resolve(fromCandidate(client.answers)[0]));
      process.kill(candidate?.program.server.pid ?? Number.NaN, 'SIGKILL');
      return command.ended;
    });
    const answers = await client.stop();
    expect(outcome.reason).toContain('has ended');
    expect(traffic).toMatchObject({ failed: 0 });
    expect(fromCandidate(answers).length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(10);
  });
});

describe('a rollout under way', () => {
  it('keeps others from changing the service, and ends well for callers at Ctrl-C', async () => {
    const client = keepAsking(url, window);
    const { outcome, traffic } = await expectRolledBack(async () => {
      const command = workplace.start(deployment, { config: 'slow.yaml' });
      await answerOfCandidate(command);
      expectRefusal(await workplace.run(['rollback', '--model-name', model]), {
        exitCode: 3,
        code: 'TARGET_BUSY',
        says: ['Cannot roll back', 'wait until it has finished'],
      });
      command.interrupt();
      return command.ended;
    });
    expect(outcome.reason).toContain('SIGINT');
    expect(traffic).toMatchObject({ failed: 0 });
    expect((await client.stop()).filter(({ status }) => status !== 200)).toEqual([]);
  });
});

describe('a tracking server that does not answer', () => {
  it('is named, and the service goes on', async () => {
    const before = await workplace.service(model);
    const address = `http://127.0.0.1:${await closedPort()}`;
    const result = await workplace.run([...deployment, '--tracking-uri', address]);
    expectRefusal(result, { exitCode: 3, code: 'MLFLOW_UNREACHABLE', says: [address] });
    expect(await workplace.service(model)).toEqual(before);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });
});

describe('a port in use', () => {
  let other: Server;
  let port: number;

  beforeAll(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    ({ port } = other.address() as AddressInfo);
  });

  afterAll(() => new Promise((resolve) => other.close(resolve)));

  it('is named, nothing is started, and the service of another environment goes on', async () => {
    await workplace.writeConfig('port.yaml', {
      extends: './config.yaml',
      deployment: { environment: 'elsewhere', server: { port } },
    });
    const before = await listingOf(workplace.path('mlruns'));
    const result = await workplace.run(deployment, { config: 'port.yaml' });
    expectRefusal(result, {
      exitCode: 3,
      code: 'CLI_PORT_IN_USE',
      says: [model, `port ${port}`, 'deployment.server.port'],
    });
    expect(await workplace.service(model, 'elsewhere')).toBeUndefined();
    expect(await listingOf(workplace.path('mlruns'))).toEqual(before);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });

  it('is told by serve, too', async () => {
    const { exitCode, stderr, stdout } = await workplace.run(['serve', '--model-name', model, '--port', String(port)]);
    expect(stderr).toContain('SERVING_PORT_IN_USE');
    expect(stderr).toContain(String(port));
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
  });
});

describe('a candidate that holds', () => {
  it('takes growing shares, then all traffic and the stage Production, without a failed request', async () => {
    const answer = (await workplace.must(deployment)) as DeployAnswer;
    expect(answer).toMatchObject({
      outcome: { outcome: 'promoted' },
      promotion: { version: '2', from: 'Staging', to: 'Production' },
      traffic: { failed: 0, byVersion: { '1': expect.any(Number) as number, '2': expect.any(Number) as number } },
      url,
    });
    expect(await sharesSet(answer)).toEqual([0.3, 1]);
    expect(await ask(url, window)).toEqual({ status: 200, version: '2' });
  });

  it('gives way to the version before it by one command, on record', async () => {
    const client = keepAsking(url, window);
    const answer = await workplace.must(['rollback', '--model-name', model, '--why', 'complaints from rig 7']);
    const answers = await client.stop();
    expect(answer).toMatchObject({
      from: { version: '2' },
      to: { version: '1' },
      promotion: { version: '1', to: 'Production', why: 'complaints from rig 7' },
    });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });

  it('is then no longer in Production; the history says how that came', async () => {
    const { versions, promotions } = (await workplace.must(['status', '--model-name', model])) as {
      versions: { version: string; stage: string; aliases: string[] }[];
      promotions: { version: string; to: string; why: string }[];
    };
    expect(versions.find(({ version }) => version === '1')).toMatchObject({
      stage: 'Production',
      aliases: ['production'],
    });
    expect(versions.find(({ version }) => version === '2')).toMatchObject({ stage: 'Archived', aliases: [] });
    expect(promotions.map(({ version, to }) => `${version} ${to}`)).toEqual([
      '1 Staging',
      '1 Production',
      '2 Staging',
      '2 Production',
      '1 Production',
    ]);
    expect(promotions.at(-1)?.why).toBe('complaints from rig 7');
  });

  it('cannot be gone back from twice: nothing older is kept', async () => {
    const before = await listingOf(workplace.path('mlruns'));
    const result = await workplace.run(['rollback', '--model-name', model]);
    expectRefusal(result, { exitCode: 1, code: 'TARGET_NO_PREVIOUS', says: ['deploy the version you want'] });
    expect(await listingOf(workplace.path('mlruns'))).toEqual(before);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });
});
