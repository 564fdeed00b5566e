import type { ArmHandle, ProbeResult } from '@i-drill/deployment';
import { request } from 'undici';

/** Asks `/health` once. Healthy is 200 from a server of this version. */
export async function probeServer({ url, version }: ArmHandle, timeoutMs: number): Promise<ProbeResult> {
  try {
    const answer = await request(`${url}/health`, { signal: AbortSignal.timeout(timeoutMs) });
    await answer.body.dump();
    const answered = answer.headers['x-i-drill-version'];
    if (answer.statusCode !== 200) return unhealthy(`${url}/health answered ${answer.statusCode}`);
    if (answered !== undefined && answered !== version.version) {
      return unhealthy(`${url} serves version ${String(answered)}, expected ${version.version}`);
    }
    return { healthy: true, reason: `${url}/health answered 200` };
  } catch (error) {
    return unhealthy(`${url}/health: ${reasonOf(error, timeoutMs)}`);
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
