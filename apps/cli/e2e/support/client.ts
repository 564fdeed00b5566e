import { setTimeout as delay } from 'node:timers/promises';

/** One answer of the service. */
export interface Answer {
  /** 0 where no answer came. */
  readonly status: number;
  /** Version of the model that answered. */
  readonly version: string | null;
}

/** Asks the service at `url` for one prediction. */
export async function ask(url: string, window: unknown): Promise<Answer> {
  try {
    const response = await fetch(new URL('/invocations', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rig-id': 'e2e' },
      body: JSON.stringify({ inputs: [window] }),
      signal: AbortSignal.timeout(20_000),
    });
    await response.text();
    return { status: response.status, version: response.headers.get('x-i-drill-version') };
  } catch {
    return { status: 0, version: null };
  }
}

/** Asks again and again until stopped. */
export interface Asking {
  /** Every answer so far. */
  readonly answers: readonly Answer[];
  /** Gives every answer. */
  stop(): Promise<readonly Answer[]>;
}

/** Asks again and again until stopped; gives every answer. */
export function keepAsking(url: string, window: unknown): Asking {
  const answers: Answer[] = [];
  const stopping = new AbortController();
  const asking = (async () => {
    while (!stopping.signal.aborted) {
      answers.push(await ask(url, window));
      await delay(10);
    }
  })();
  return {
    answers,
    async stop() {
      stopping.abort();
      await asking;
      return answers;
    },
  };
}

/** Looks every 20 ms until there is something to see. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await delay(20);
  }
  throw new Error(`${what}: not seen within ${withinMs} ms`);
}
