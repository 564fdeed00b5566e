/** Shares are counted in ten-thousandths: whole numbers, so that no rounding error gathers over millions of requests. */
const shareResolution = 10_000;

interface Weighted<T> {
  readonly item: T;
  readonly weight: number;
  current: number;
}

/**
 * Chooses among items by share, deterministically, by nginx's smooth weighted round-robin (Igor Sysoev, nginx commit
 * 52327e0627f4, `ngx_http_upstream_get_peer` in `src/http/ngx_http_upstream_round_robin.c`):
 *
 *   currentᵢ += weightᵢ for every i; choose the i with the largest current; current_chosen −= Σ weight
 *
 * Over Σ weight choices every item is chosen exactly weightᵢ times, evenly spread instead of in a burst. Ties go to the
 * item named first. Items of share 0 are never chosen.
 *
 * @example
 * ```ts
 * import { smoothWeights } from '@i-drill/serving';
 * const choose = smoothWeights([
 *   { item: 'stable', share: 0.75 },
 *   { item: 'candidate', share: 0.25 },
 * ]);
 * [choose(), choose(), choose(), choose()]; // => ['stable', 'stable', 'candidate', 'stable']
 * ```
 *
 * @returns a function that gives the next item, or `undefined` where no item has a share
 */
export function smoothWeights<T>(items: readonly { readonly item: T; readonly share: number }[]): () => T | undefined {
  const weighted = items
    .map(({ item, share }): Weighted<T> => ({ item, weight: Math.round(share * shareResolution), current: 0 }))
    .filter(({ weight }) => weight > 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);

  return () => {
    for (const entry of weighted) entry.current += entry.weight;
    const chosen = weighted.reduce<Weighted<T> | undefined>(larger, undefined);
    if (chosen !== undefined) chosen.current -= total;
    return chosen?.item;
  };
}

function larger<T>(best: Weighted<T> | undefined, next: Weighted<T>): Weighted<T> {
  return best === undefined || next.current > best.current ? next : best;
}
