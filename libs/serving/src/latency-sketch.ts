/** Half the width of a bucket, relative to the value: the largest relative error of a quantile. */
export const latencyRelativeError = 0.01;

const gamma = (1 + latencyRelativeError) / (1 - latencyRelativeError);
const logGamma = Math.log(gamma);
const smallestMs = 0.01;
const largestMs = 3_600_000;
const offset = indexOf(smallestMs);
const bucketCount = indexOf(largestMs) - offset + 1;

function indexOf(ms: number): number {
  return Math.ceil(Math.log(ms) / logGamma);
}

/**
 * Latencies in geometric buckets: fixed memory whatever the traffic, and every quantile within 1 % of the true one
 * (DDSketch: Masson, Rim and Lee, VLDB 2019, sections 2.1-2.2). Bucket i holds γ^(i−1) < x <= γ^i, γ = 1.01/0.99, and
 * answers 2γ^i/(γ + 1). Values are held in [0.01 ms, 1 h]; what lies outside counts as the nearest end.
 */
export class LatencySketch {
  private readonly counts = new Float64Array(bucketCount);
  private total = 0;

  get count(): number {
    return this.total;
  }

  add(ms: number): void {
    const held = Math.min(Math.max(ms, smallestMs), largestMs);
    this.counts[indexOf(held) - offset]! += 1;
    this.total += 1;
  }

  /** The value of rank ⌊p·(n − 1)⌋ of the sorted latencies, within 1 %. 0 where nothing was added. */
  quantile(p: number): number {
    if (this.total === 0) return 0;
    const rank = Math.floor(p * (this.total - 1));
    let seen = 0;
    let bucket = 0;
    for (; bucket < bucketCount; bucket++) {
      seen += this.counts[bucket]!;
      if (seen > rank) break;
    }
    return (2 * gamma ** (bucket + offset)) / (gamma + 1);
  }
}
