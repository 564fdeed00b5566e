import type { ArmHandle, ProbeResult } from '@i-drill/deployment';
import { request } from 'undici';

/** What to ask, and how long to wait. */
export interface ProbeQuestion {
  readonly path: string;
  readonly timeoutMs: number;
}

/** Asks a server for its health once. Healthy is 200 from a server of this version. */
export async function probeServer({ url, version }: ArmHandle, question: ProbeQuestion): Promise<ProbeResult> {
  const { path, timeoutMs } = question;
  const address = `${url}${path}`;
  try {
    const answer = await request(address, { signal: AbortSignal.timeout(timeoutMs) });
    await answer.body.dump();
    const answered = answer.headers['x-i-drill-version'];
    if (answer.statusCode !== 200) return unhealthy(`${address} answered ${answer.statusCode}`);
    if (answered !== undefined && answered !== version.version) {
      return unhealthy(`${url} serves version ${String(answered)}, expected ${version.version}`);
    }
    return { healthy: true, reason: `${address} answered 200` };
  } catch (error) {
    return unhealthy(`${address}: ${reasonOf(error, timeoutMs)}`);
  }
}

function unhealthy(reason: string): ProbeResult {
  return { healthy: false, reason };
}

/** Why a request got no answer, in words. */
export function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return error instanceof Error ? error.message : String(error);
}
