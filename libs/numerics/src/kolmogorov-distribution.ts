/**
 * The survival function of Kolmogorov's limiting distribution, Q(z) = P(K > z), in the form that converges at once:
 *
 *   z ≥ 1:  Q(z) = 2·Σ_{k≥1} (−1)^{k−1}·exp(−2k²z²)
 *   z < 1:  Q(z) = 1 − √(2π)/z · Σ_{k≥1} exp(−(2k−1)²π²/(8z²))
 *
 * Both sums are cut where a term no longer changes a double (Marsaglia, Tsang and Wang 2003, J. Stat. Softw. 8(18)).
 *
 * @example
 * ```ts
 * import { kolmogorovSurvival } from '@i-drill/numerics';
 * kolmogorovSurvival(1.3580986).toFixed(4); // => '0.0500'
 * ```
 */
export function kolmogorovSurvival(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z < 0.1) return 1; // P(K <= 0.1) is below 1e-50, and 1/z² may overflow
  return z < 1 ? 1 - smallArgumentDistribution(z) : largeArgumentSurvival(z);
}

function smallArgumentDistribution(z: number): number {
  const exponent = Math.PI ** 2 / (8 * z * z);
  let sum = 0;
  for (let odd = 1; odd <= 7; odd += 2) sum += Math.exp(-odd * odd * exponent);
  return (Math.sqrt(2 * Math.PI) / z) * sum;
}

function largeArgumentSurvival(z: number): number {
  let sum = 0;
  for (let k = 5; k >= 1; k--) sum = Math.exp(-2 * k * k * z * z) - sum;
  return 2 * sum;
}
