"""Makes the vectors the tests of this library compare with.

    python -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python make_vectors.py

Writes two-sample.json, p-values.json, moments.json and generator.json beside itself.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
VERSIONS = {"scipy": scipy.__version__, "numpy": np.__version__}
MASK32, MASK64 = 2**32 - 1, 2**64 - 1


def write(name, content):
    text = json.dumps({"madeBy": "make_vectors.py", "versions": VERSIONS, **content}, indent=1)
    (HERE / name).write_text(text + "\n")


def two_sample_case(name, a, b):
    a, b = np.sort(a), np.sort(b)
    n, m = len(a), len(b)
    test = stats.ks_2samp(a, b, method="asymp")
    return {
        "name": name,
        "a": a.tolist(),
        "b": b.tolist(),
        "statistic": float(test.statistic),
        "limitP": float(stats.kstwobign.sf(np.sqrt(n * m / (n + m)) * test.statistic)),
        "wasserstein": float(stats.wasserstein_distance(a, b)),
    }


def two_sample():
    rng = np.random.default_rng(20240501)
    draw = lambda n, loc=0.0, scale=1.0: rng.normal(loc, scale, n).round(6)
    cases = [
        two_sample_case("same distribution, equal sizes", draw(100), draw(100)),
        two_sample_case("same distribution, unequal sizes", draw(37), draw(150)),
        two_sample_case("shift of half a deviation", draw(120), draw(80, 0.5)),
        two_sample_case("shift of three deviations", draw(150), draw(150, 3.0)),
        two_sample_case("wider", draw(90), draw(90, 0.0, 3.0)),
        two_sample_case("many ties", rng.integers(0, 6, 80).astype(float), rng.integers(1, 7, 70).astype(float)),
        two_sample_case("large offset, small spread", 1e6 + draw(60, 0, 1e-3), 1e6 + draw(60, 2e-3, 1e-3)),
        two_sample_case("one value each", np.array([1.0]), np.array([2.0])),
        two_sample_case("equal constants", np.full(5, 3.25), np.full(9, 3.25)),
        two_sample_case("heavy tails", rng.standard_cauchy(70).round(6), rng.standard_cauchy(50).round(6)),
    ]
    write("two-sample.json", {"cases": cases})


def small_sample(n, steps):
    """Equal sizes n, largest distance steps/n: the exact p beside two approximations."""
    d = steps / n
    return {
        "n": n,
        "distance": d,
        "exact": exact_p(n, steps),
        "scipyAsymptotic": float(stats.kstwo.sf(d, np.round(n / 2))),
        "limit": float(stats.kstwobign.sf(np.sqrt(n / 2) * d)),
    }


def exact_p(n, steps):
    """From two samples of n distinct values whose distribution functions are steps/n apart at most."""
    a = np.arange(n, dtype=float)
    test = stats.ks_2samp(a, a + steps - 0.5, method="exact")
    assert abs(test.statistic - steps / n) < 1e-12, (test.statistic, steps / n)
    return float(test.pvalue)


def p_values():
    z = [0.05, 0.2, 0.3, 0.5, 0.75, 0.9, 0.999, 1.0, 1.001, 1.2, 1.3580986393225507, 2, 3, 5, 8, 12, 18, 18.5]
    rng = np.random.default_rng(7)
    families = [[0.01, 0.04, 0.03, 0.005], [0.5], [1.0, 1.0, 0.0], [0.2, 0.2, 0.2], rng.uniform(size=28).tolist()]
    write(
        "p-values.json",
        {
            "kolmogorov": [{"z": x, "survival": float(stats.kstwobign.sf(x))} for x in z],
            "benjaminiHochberg": [
                {"pValues": p, "adjusted": stats.false_discovery_control(p, method="bh").tolist()} for p in families
            ],
            "smallSamples": [small_sample(n, k) for n, k in [(4, 4), (6, 5), (8, 6), (8, 8), (16, 8), (30, 12)]],
        },
    )


def plain_time(x):
    """Geyer's initial monotone positive sequence, corrected for the estimated mean, straight from the definition."""
    x = np.asarray(x) - np.mean(x)
    n = len(x)
    rho = np.array([np.dot(x[: n - k], x[k:]) for k in range(n)]) / np.dot(x, x)
    total, smallest, last = 0.0, np.inf, 0
    for k in range(0, n - 1, 2):
        pair = rho[k] + rho[k + 1]
        if pair <= 0:
            break
        smallest, last = min(smallest, pair), k + 1
        total += smallest
    time, share = 2 * total - 1, (2 * last + 1) / n
    if time <= 1:
        return 1.0
    return float(min(time / (1 - share), n)) if share < 1 else float(n)


def moments():
    rng = np.random.default_rng(11)
    cases = []
    for name, x in [
        ("normal", rng.normal(size=50)),
        ("large offset", 1e8 + rng.normal(size=41)),
        ("walk", np.cumsum(rng.normal(size=150))),
        ("sine", np.sin(np.arange(120) / 7)),
        ("two values", np.array([1.0, 4.0])),
        ("trend", np.arange(64, dtype=float)),
        ("alternating", np.tile([1.0, -1.0], 30)),
    ]:
        shares = [0, 0.05, 0.25, 0.5, 0.8, 0.95, 1]
        cases.append(
            {
                "name": name,
                "values": x.tolist(),
                "mean": float(np.mean(x)),
                "standardDeviation": float(np.std(x)),
                "quantiles": [{"p": p, "value": float(np.quantile(x, p))} for p in shares],
                "autocorrelationTime": plain_time(x),
            }
        )
    write("moments.json", {"cases": cases})


def split_mix_64(seed):
    state = seed & MASK64
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK64
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        yield z ^ (z >> 31)


def xoshiro_128_star_star(state):
    rotate = lambda x, k: ((x << k) | (x >> (32 - k))) & MASK32
    s = list(state)
    while True:
        yield (rotate((s[1] * 5) & MASK32, 7) * 9) & MASK32
        t = (s[1] << 9) & MASK32
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)


def uniform_numbers(seed, count):
    words = split_mix_64(seed)
    first, second = next(words), next(words)
    outputs = xoshiro_128_star_star([first & MASK32, first >> 32, second & MASK32, second >> 32])
    return [((next(outputs) >> 5) * 2**26 + (next(outputs) >> 6)) / 2**53 for _ in range(count)]


def generator():
    outputs = xoshiro_128_star_star([1, 2, 3, 4])
    write(
        "generator.json",
        {
            "state1234": [next(outputs) for _ in range(1000)][-5:],
            "seeded": [{"seed": s, "values": uniform_numbers(s, 5)} for s in [0, 1, 42, -1, 2**53 - 1]],
        },
    )


if __name__ == "__main__":
    two_sample()
    p_values()
    moments()
    generator()
