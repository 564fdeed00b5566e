"""Prints as JSON what Python's client finds of a run: its table, files, metrics, params, tags, children and models. The model "old-way" lies among its artifacts.

read_run.py TRACKING_URI RUN_ID
"""

import json
import sys

import mlflow
import yaml

tracking_uri, run_id = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
client = mlflow.MlflowClient()
run = client.get_run(run_id)
experiment_id = run.info.experiment_id
table = client.load_table(experiment_id, "eval/table.json", run_ids=[run_id])
old_way = mlflow.models.Model.load(f"runs:/{run_id}/old-way")
children = client.search_runs([experiment_id], f"tags.mlflow.parentRunId = '{run_id}'")
with open(mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="config.yaml")) as file:
    config = yaml.safe_load(file)
print(
    json.dumps(
        {
            "status": run.info.status,
            "table": json.loads(table.to_json(orient="split", index=False)),
            "config": config,
            "params": run.data.params,
            "tags": run.data.tags,
            "metrics": sorted(run.data.metrics),
            "losses": len(client.get_metric_history(run_id, "loss")),
            "children": [child.info.run_name for child in children],
            "datasets": [each.dataset.name for each in run.inputs.dataset_inputs],
            "old_way": {"run_id": old_way.run_id, "flavors": sorted(old_way.flavors)},
            # MLflow 2 has no outputs.
            "outputs": [each.model_id for each in getattr(getattr(run, "outputs", None), "model_outputs", [])],
        }
    )
)
