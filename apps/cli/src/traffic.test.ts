import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SensorDataset } from '@i-drill/core';
import { afterEach, describe, expect, it } from 'vitest';
import { rigStreams, sendOnce, startTraffic, type RigStream } from './traffic.js';

function dataset(units: Readonly<Record<string, number>>): SensorDataset {
  const segments = Object.entries(units).map(([unit, rows]) => ({
    unit,
    rows,
    features: Float64Array.from({ length: rows }, (_, row) => row),
    target: Float64Array.from({ length: rows }, (_, row) => rows - row),
  }));
  return {
    name: 'test',
    task: 'remaining-useful-life',
    features: [{ name: 'wear', unit: 'mm' }],
    target: { name: 'life', unit: 'h' },
    segments,
    source: 'simulated',
    fingerprint: '',
    evaluateOn: 'last-row',
  };
}

/** Windows that say which one they are: one row, one feature. */
function rig(name: string, windows: number): RigStream {
  return { rig: name, windows: Array.from({ length: windows }, (_, i) => [[i]]) };
}

describe('rigStreams()', () => {
  it('makes one rig of each unit, with a window per row in time order', () => {
    expect(rigStreams(dataset({ a: 3, b: 2 }), 2)).toEqual([
      {
        rig: 'a',
        windows: [
          [[0], [0]],
          [[0], [1]],
          [[1], [2]],
        ],
      },
      {
        rig: 'b',
        windows: [
          [[0], [0]],
          [[0], [1]],
        ],
      },
    ]);
  });

  it('leaves units without a single window out', () => {
    const some = dataset({ a: 2, b: 2 });
    some.segments[0]!.target.fill(Number.NaN);
    expect(rigStreams(some, 2).map((stream) => stream.rig)).toEqual(['b']);
  });
});

/** What a service was asked. */
interface Asked {
  readonly rig: string;
  readonly window: number;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A service on any free port; `answer` says what `/invocations` gives. */
async function listen(answer: (asked: Asked, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    void respond(request, response, answer);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked, response: ServerResponse) => void,
): Promise<void> {
  if (request.url === '/ping') {
    response.end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { inputs } = JSON.parse(Buffer.concat(chunks).toString()) as { inputs: number[][][] };
  answer({ rig: String(request.headers['x-rig-id']), window: inputs[0]![0]![0]! }, response);
}

/** Collects what is asked, and gives the answer of a version. */
function recording(version: string): { asked: Asked[]; answer: (asked: Asked, response: ServerResponse) => void } {
  const asked: Asked[] = [];
  return {
    asked,
    answer: (one, response) => {
      asked.push(one);
      response.setHeader('x-i-drill-version', version).end('{}');
    },
  };
}

describe('sendOnce()', () => {
  it('sends every window of every rig once, each rig in time order', async () => {
    const { asked, answer } = recording('3');
    const summary = await sendOnce(await listen(answer), [rig('a', 4), rig('b', 3)]);
    expect(summary).toEqual({ sent: 7, answered: 7, failed: 0, byVersion: { 3: 7 } });
    const windowsOf = (name: string): number[] => asked.filter((one) => one.rig === name).map(({ window }) => window);
    expect(windowsOf('a')).toEqual([0, 1, 2, 3]);
    expect(windowsOf('b')).toEqual([0, 1, 2]);
  });

  it('counts what is refused, tells the first refusal and goes on', async () => {
    const url = await listen(({ window }, response) => {
      if (window < 2) response.writeHead(500).end(`window ${window} is bad`);
      else response.setHeader('x-i-drill-version', '1').end('{}');
    });
    expect(await sendOnce(url, [rig('a', 5)])).toEqual({
      sent: 5,
      answered: 3,
      failed: 2,
      byVersion: { 1: 3 },
      firstFailure: 'HTTP 500: window 0 is bad',
    });
  });

  it('counts answers that do not say their version', async () => {
    const url = await listen((_asked, response) => response.end('{}'));
    expect((await sendOnce(url, [rig('a', 1)])).byVersion).toEqual({ unknown: 1 });
  });

  it('fails, and does not throw, where nobody listens', async () => {
    const url = await listen(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    expect(await sendOnce(url, [rig('a', 2)])).toMatchObject({ sent: 2, answered: 0, failed: 2, byVersion: {} });
  });
});

describe('startTraffic()', () => {
  /** A service that lets the test wait for a number of questions. */
  async function service(questions: number): Promise<{ url: string; asked: Asked[]; enough: Promise<void> }> {
    const { asked, answer } = recording('1');
    let resolve = (): void => undefined;
    const enough = new Promise<void>((done) => (resolve = done));
    const url = await listen((one, response) => {
      answer(one, response);
      if (asked.length === questions) resolve();
    });
    return { url, asked, enough };
  }

  it('asks the rigs in turn, each from its own point of life on, and begins again at the end', async () => {
    const { url, asked, enough } = await service(9);
    const traffic = startTraffic({
      url: () => Promise.resolve(url),
      rigs: [rig('a', 3), rig('b', 4), rig('c', 6)],
      requestsPerSecond: 100,
    });
    await enough;
    const { sent } = await traffic.stop();
    // of three rigs the first begins at its first window, the second after a third, the last after two thirds
    const lives = { a: [0, 1, 2], b: [1, 2, 3, 0], c: [4, 5, 0, 1, 2, 3] };
    const expected = Object.entries(lives).map(([name, life], i) => {
      const turns = Math.ceil((sent - i) / 3);
      return { rig: name, windows: Array.from({ length: turns }, (_, turn) => life[turn % life.length]).sort() };
    });
    // requests overlap, so they may arrive in another order than they were sent in
    const seen = Object.keys(lives).map((name) => ({
      rig: name,
      windows: asked
        .filter((one) => one.rig === name)
        .map(({ window }) => window)
        .sort(),
    }));
    expect(seen).toEqual(expected);
    expect(asked).toHaveLength(sent);
  });

  it('waits for what is in flight when it is stopped, and sends nothing after that', async () => {
    const { url, asked, enough } = await service(3);
    const traffic = startTraffic({ url: () => Promise.resolve(url), rigs: [rig('a', 2)], requestsPerSecond: 200 });
    await enough;
    const summary = await traffic.stop();
    expect(summary).toMatchObject({ answered: summary.sent, failed: 0, byVersion: { 1: summary.sent } });
    expect(asked).toHaveLength(summary.sent);
  });

  it('waits for a service that is not there yet, or cannot be looked up yet', async () => {
    const { url, enough } = await service(1);
    const answers = [() => Promise.resolve(undefined), () => Promise.reject(new Error('being written'))];
    const traffic = startTraffic({
      url: () => answers.shift()?.() ?? Promise.resolve(url),
      rigs: [rig('a', 1)],
      requestsPerSecond: 100,
    });
    await enough;
    expect(await traffic.stop()).toMatchObject({ failed: 0 });
  });

  it('sends nothing when it is stopped before there is a service', async () => {
    const traffic = startTraffic({
      url: () => Promise.resolve(undefined),
      rigs: [rig('a', 1)],
      requestsPerSecond: 100,
    });
    expect(await traffic.stop()).toEqual({ sent: 0, answered: 0, failed: 0, byVersion: {} });
  });
});
