/**
 * One-sided exact binomial test: the probability of at least `errors` failures in `requests`, if each fails with
 * probability `rate` (Clopper & Pearson 1934). Only an excess is of interest: 1 when there is none.
 *
 *   P(X ≥ k) = Σ_{x=k}^{n} C(n, x) · p^x · (1 − p)^(n−x)
 */
export function excessOverRate(errors: number, requests: number, rate: number): number {
  if (errors <= requests * rate) return 1;
  if (rate === 0) return 0;
  const logFirst = logChoose(requests, errors) + errors * Math.log(rate) + (requests - errors) * Math.log1p(-rate);
  const odds = rate / (1 - rate);
  return tail(logFirst, errors, requests, (x) => ((requests - x) / (x + 1)) * odds);
}

/**
 * Fisher's exact test, one-sided (Fisher 1935, The Design of Experiments, §21): the probability that at least `errors` of
 * all failures fall to one arm by chance alone, given how many requests each arm had. 1 when the arm has no excess.
 *
 *   P(X ≥ k) = Σ_{x=k}^{min(K, n)} C(K, x) · C(N − K, n − x) / C(N, n)
 */
export function excessOverOther(
  arm: { readonly errors: number; readonly requests: number },
  other: { readonly errors: number; readonly requests: number },
): number {
  const total = arm.requests + other.requests; // N
  const failures = arm.errors + other.errors; // K
  if (arm.errors * total <= arm.requests * failures) return 1;
  const logFirst =
    logChoose(failures, arm.errors) +
    logChoose(total - failures, arm.requests - arm.errors) -
    logChoose(total, arm.requests);
  const succeeding = total - failures - arm.requests;
  return tail(
    logFirst,
    arm.errors,
    Math.min(failures, arm.requests),
    (x) => ((failures - x) / (x + 1)) * ((arm.requests - x) / (succeeding + x + 1)),
  );
}

/** Sum of the terms from `from` to `to`, each the former times `ratio(x)`. They fall, as `from` lies above the mean. */
function tail(logFirst: number, from: number, to: number, ratio: (x: number) => number): number {
  let term = Math.exp(logFirst);
  let sum = term;
  for (let x = from; x < to && term > sum * Number.EPSILON; x++) {
    term *= ratio(x);
    sum += term;
  }
  return Math.min(sum, 1);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** ln n!, by Stirling's series from 20 on: its first term left out is below 1e-12 there. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
}
