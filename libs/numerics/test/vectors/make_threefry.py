"""Threefry-4x32-20 words of randomgen (PyPI), for src/noise.test.ts. randomgen raises its counter before each block, so
that counter c - 1 gives block c."""

import json
import pathlib
import randomgen

cases = []
for key, counter in [(0, 0), (7, 1), (2**40 + 3, 2**96 + 5), (2**128 - 1, 2**128 - 1), (123456789, 42 + (9 << 64))]:
    generator = randomgen.ThreeFry(key=key, number=4, width=32, counter=(counter - 1) % 2**128)
    words = lambda value: [(value >> (32 * i)) & 0xFFFFFFFF for i in range(4)]
    cases.append({"key": words(key), "counter": words(counter), "words": [int(x) for x in generator.random_raw(4)]})
path = pathlib.Path(__file__).with_name("threefry.json")
path.write_text(json.dumps({"made_by": f"make_threefry.py, randomgen {randomgen.__version__}", "cases": cases}, indent=1) + "\n")
