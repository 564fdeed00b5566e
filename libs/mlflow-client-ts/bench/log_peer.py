"""The same points by Python's client: `<uri> <experiment id> <points>`. One line of JSON comes out: run id and cost."""

import json
import math
import sys
import time

import requests
from mlflow import MlflowClient
from mlflow.entities import Metric

KEYS = [f"m{i}" for i in range(10)]
POINTS_PER_CALL = 1000
START = 1_700_000_000_000

uri, experiment_id, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
steps, steps_per_call = points // len(KEYS), POINTS_PER_CALL // len(KEYS)

sent = 0
send = requests.Session.send


def counting(self, *args, **kwargs):
    global sent
    sent += 1
    return send(self, *args, **kwargs)


requests.Session.send = counting


def points_of(first_step):
    return [
        Metric(key, math.sin(step * 0.01 + index) / (1 + step), START + step, step)
        for step in range(first_step, first_step + steps_per_call)
        for index, key in enumerate(KEYS)
    ]


def memory(line):
    with open("/proc/self/status") as file:
        return next(int(each.split()[1]) * 1024 for each in file if each.startswith(line))


def log(client):
    run_id = client.create_run(experiment_id).info.run_id
    for first_step in range(0, steps, steps_per_call):
        client.log_batch(run_id, metrics=points_of(first_step), synchronous=True)
    client.set_terminated(run_id)
    return run_id


client = MlflowClient(tracking_uri=uri)
client.get_experiment(experiment_id)  # opens the connection
sent = 0
before = memory("VmRSS")
clock, processor = time.perf_counter(), time.process_time()
run_id = log(client)
peak = memory("VmHWM")
cost = {
    "requests": sent,
    "seconds": time.perf_counter() - clock,
    "processorSeconds": time.process_time() - processor,
    "peakBytes": peak,
    "grownBytes": peak - before,
}
print(json.dumps({"runId": run_id, "cost": cost}))
