import { setTimeout as delay } from 'node:timers/promises';
import type { SensorDataset } from '@i-drill/core';
import { makeWindows } from '@i-drill/training';

/** The windows one rig would send, in time order. */
export interface RigStream {
  readonly rig: string;
  readonly windows: readonly (readonly (readonly number[])[])[];
}

/** What came back while traffic ran. */
export interface TrafficSummary {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** Answers per model version, by the header the server sets. */
  readonly byVersion: Readonly<Record<string, number>>;
  readonly firstFailure?: string;
}

/** Traffic under way. */
export interface Traffic {
  /** Stops sending, waits for what is in flight, and says what came back. */
  stop(): Promise<TrafficSummary>;
}

/** Turns every unit of a data set into a rig that sends its windows as they would come in. */
export function rigStreams(dataset: SensorDataset, windowLength: number): RigStream[] {
  const windows = makeWindows(dataset, { windowLength });
  const streams = windows.units.map((unit) => ({ rig: unit, windows: [] as number[][][] }));
  const { length, featureCount, inputs } = windows;
  for (let i = 0; i < windows.count; i++) {
    const rows = Array.from({ length }, (_, t) => {
      const start = (i * length + t) * featureCount;
      return Array.from(inputs.subarray(start, start + featureCount));
    });
    streams[windows.unitOf[i]!]!.windows.push(rows);
  }
  return streams.filter((stream) => stream.windows.length > 0);
}

/**
 * Sends the rigs' windows in turn at a steady rate, over and over, until stopped. Rigs are at different points of their
 * lives, as they are in a field: the first of n begins at its first window, the next one 1/n further on.
 */
export function startTraffic(options: {
  /** Where the service is; `undefined` as long as there is none. */
  readonly url: () => Promise<string | undefined>;
  readonly rigs: readonly RigStream[];
  readonly requestsPerSecond: number;
}): Traffic {
  const sender = new Sender(options.rigs);
  const running = sender.run(options.url, options.requestsPerSecond);
  return {
    async stop() {
      sender.stopped = true;
      await running;
      return sender.summary();
    },
  };
}

/** Sends every window of every rig once, rigs in parallel and each in time order. */
export async function sendOnce(url: string, rigs: readonly RigStream[]): Promise<TrafficSummary> {
  const sender = new Sender(rigs);
  await Promise.all(
    rigs.map(async (stream) => {
      for (const window of stream.windows) await sender.send(url, stream.rig, window);
    }),
  );
  return sender.summary();
}

function windowAt({ windows }: RigStream, turn: number, rigs: number): RigStream['windows'][number] {
  const begin = Math.floor(((turn % rigs) / rigs) * windows.length);
  return windows[(begin + Math.floor(turn / rigs)) % windows.length]!;
}

class Sender {
  stopped = false;
  private sent = 0;
  private answered = 0;
  private failed = 0;
  private firstFailure: string | undefined;
  private readonly byVersion: Record<string, number> = {};
  private readonly rigs: readonly RigStream[];

  constructor(rigs: readonly RigStream[]) {
    this.rigs = rigs;
  }

  async run(findUrl: () => Promise<string | undefined>, requestsPerSecond: number): Promise<void> {
    const inFlight = new Set<Promise<void>>();
    const url = await this.waitForService(findUrl);
    if (url === undefined) return;
    const startedAt = performance.now();
    for (let turn = 0; !this.stopped; turn++) {
      const stream = this.rigs[turn % this.rigs.length]!;
      const window = windowAt(stream, turn, this.rigs.length);
      const request = this.send(url, stream.rig, window).finally(() => inFlight.delete(request));
      inFlight.add(request);
      const dueMs = startedAt + ((turn + 1) * 1000) / requestsPerSecond - performance.now();
      if (dueMs > 0) await delay(dueMs);
      if (inFlight.size > 64) await Promise.race(inFlight);
    }
    await Promise.all(inFlight);
  }

  /** Before the first version is in service there is nobody to ask. */
  private async waitForService(findUrl: () => Promise<string | undefined>): Promise<string | undefined> {
    while (!this.stopped) {
      const url = await findUrl().catch(() => undefined); // a service that cannot be looked up yet is not there yet
      if (url !== undefined && (await answers(url))) return url;
      await delay(50);
    }
    return undefined;
  }

  async send(url: string, rig: string, window: readonly (readonly number[])[]): Promise<void> {
    this.sent++;
    try {
      const response = await fetch(new URL('/invocations', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rig-id': rig },
        body: JSON.stringify({ inputs: [window] }),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${text.slice(0, 200)}`);
      const version = response.headers.get('x-i-drill-version') ?? 'unknown';
      this.byVersion[version] = (this.byVersion[version] ?? 0) + 1;
      this.answered++;
    } catch (error) {
      this.failed++;
      this.firstFailure ??= error instanceof Error ? error.message : String(error);
    }
  }

  summary(): TrafficSummary {
    const { sent, answered, failed, byVersion, firstFailure } = this;
    return { sent, answered, failed, byVersion, ...(firstFailure === undefined ? {} : { firstFailure }) };
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(new URL('/ping', url)).then(
    (response) => response.ok,
    () => false,
  );
}
