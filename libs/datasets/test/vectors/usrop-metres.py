"""Whole metres with rows and runs of neighbouring metres per USROP file, from the files alone (standard library only).

Run: python3 usrop-metres.py FOLDER; the counts go into src/usrop/load-usrop.test.ts.
"""
import csv
import glob
import gzip
import io
import math
import sys

for path in sorted(glob.glob(sys.argv[1] + "/USROP*.csv.gz")):
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    metres = sorted({math.floor(float(row["Measured Depth m"])) for row in rows})
    runs = 1 + sum(1 for a, b in zip(metres, metres[1:]) if b - a > 1)
    print(path.rsplit("/", 1)[-1], len(metres), runs)
