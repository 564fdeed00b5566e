"""Writes excess-probability.json: one-sided exact tests from SciPy, for cases with an excess.

Run: python excess-probability.py (needs scipy; the version used is in the file it writes).
"""

import json
from pathlib import Path

import scipy
from scipy.stats import binom, fisher_exact

RATE_CASES = [(1, 1, 0.05), (3, 3, 0.05), (7, 50, 0.05), (9, 50, 0.05), (60, 1000, 0.05), (700, 10000, 0.05),
              (5300, 100000, 0.05), (19, 20, 0.5), (20, 20, 0.5), (21, 40, 0.5), (30, 200, 0.001)]
ARM_CASES = [(3, 50, 0, 450), (4, 50, 0, 450), (1, 1, 0, 10), (10, 50, 1, 50), (12, 200, 20, 1800), (25, 1000, 10, 1000),
             (600, 10000, 4500, 90000), (5, 5, 5, 100), (20, 20, 0, 20), (2, 30, 3, 70)]

rate = [{"errors": k, "requests": n, "rate": p, "probability": float(binom.sf(k - 1, n, p))} for k, n, p in RATE_CASES]
arms = [{"arm": {"errors": a, "requests": n}, "other": {"errors": b, "requests": m},
         "probability": float(fisher_exact([[a, n - a], [b, m - b]], alternative="greater").pvalue)}
        for a, n, b, m in ARM_CASES]
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"scipy": scipy.__version__, "rate": rate, "arms": arms}, indent=2) + "\n")
