"""The fingerprint of a small data set, written from its definition: Python's hashlib, json and struct only.

Run: python3 fingerprint.py (any Python 3); the hex goes into src/fingerprint.test.ts.
"""
import hashlib
import json
import math
import struct

h = hashlib.sha256()


def text(parts):
    h.update(json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode() + b"\0")


def doubles(values):
    for v in values:
        h.update(b"\0\0\0\0\0\0\xf8\x7f" if math.isnan(v) else struct.pack("<d", v))


text(["i-drill sensor data set 1", "rate-of-penetration", [["torque", "kN.m"], ["débit", "L/min"], ["rop", "m/h"]], "every-row", 1])
text(["F-9", "F-7+F-9", 2, 4, 2])
doubles([1.5, -0.0, math.nan, 1e300])
doubles([20.25, math.nan])
text(["F-5", "F-5", 1, 2, 1])
doubles([0.1, 2000])
doubles([3])
print(h.hexdigest())
