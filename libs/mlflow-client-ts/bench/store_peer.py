"""The same runs and searches by Python's own stores: `create <uri> <from> <to>`, or `search <uri> <times>`."""

import json
import math
import sys
import time

from mlflow import MlflowClient
from mlflow.entities import Metric, Param

START_TIME = 1_700_000_000_000
PAGE_SIZE = 100
SEARCHES = {
    "metric": ("metrics.m0 > 0.5", ["metrics.m1 ASC"]),
    "tag": ("tags.t0 = 'v3'", []),
}


def metric_of(run, index):
    x = math.sin(run * 12.9898 + index * 78.233) * 43758.5453
    return x - math.floor(x)


LONG_S = 20  # after so long, two timings must do


def timed(work):
    start, processor_start = time.perf_counter(), time.process_time()
    result = work()
    timing = {
        "ms": (time.perf_counter() - start) * 1000,
        "processorMs": (time.process_time() - processor_start) * 1000,
    }
    return timing, result


def create(client, experiment_id, first, last):
    for run in range(first, last):
        tags = {f"t{i}": f"v{(run + i) % 10}" for i in range(3)}
        made = client.create_run(experiment_id, START_TIME + run, tags, run_name=f"r{run}")
        metrics = [Metric(f"m{i}", metric_of(run, i), START_TIME, 0) for i in range(5)]
        params = [Param(f"p{i}", f"v{run % 7}") for i in range(5)]
        client.log_batch(made.info.run_id, metrics=metrics, params=params)


def search(client, experiment_id, times):
    found = {}
    for name, (filter_string, order_by) in SEARCHES.items():
        start, timings, runs = time.perf_counter(), [], []
        while len(timings) < times and (len(timings) < 2 or time.perf_counter() - start < LONG_S):
            timing, runs = timed(
                lambda: client.search_runs([experiment_id], filter_string, order_by=order_by, max_results=PAGE_SIZE)
            )
            timings.append(timing)
        found[name] = {"timings": timings, "names": [run.info.run_name for run in runs]}
    return found


def main():
    action, uri, *numbers = sys.argv[1:]
    client = MlflowClient(uri)
    experiment = client.get_experiment_by_name("bench")
    experiment_id = experiment.experiment_id if experiment else client.create_experiment("bench")
    if action == "create":
        result, _ = timed(lambda: create(client, experiment_id, *map(int, numbers[:2])))
    else:
        result = search(client, experiment_id, int(numbers[0]))
    print(json.dumps(result))


main()
