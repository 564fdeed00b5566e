"""Writes python-mlruns/: a file store made by Python's MLflow 3.17.2, with texts that its YAML writer folds and quotes.

MLFLOW_ALLOW_FILE_STORE=true python python_file_store.py   (in the environment of tools/mlflow-server)
"""

import json
import pathlib
import shutil

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelInput, LoggedModelOutput

here = pathlib.Path(__file__).parent
root = here / "python-mlruns"
shutil.rmtree(root, ignore_errors=True)
mlflow.set_tracking_uri(root.as_uri())
client = MlflowClient()

experiment_name = 'a "weird" name: with # and ünï 😀'
run_name = "a run name that goes on and on, so that the writer has to fold it at column eighty: surely by now"
descriptions = [
    "first line\nsecond line: has colon\n\n  indented # hash\ttab \x07 bell",
    "123",
    "x'" * 70 + ' "q" \\ end',
    "word " * 50 + "\x85 é",
    "it's: quoted  twice " * 10 + "\n\nend\n",
    "null",
    "- a: b",
    " leading and trailing ",
    "back\\slash at the end of a long line " * 6 + "\\",
    "constructor",
]

experiment_id = client.create_experiment(experiment_name)
run = client.create_run(experiment_id, run_name=run_name, start_time=1000)
run_id = run.info.run_id
client.log_param(run_id, "multi", "line1\nline2\n")
client.log_metric(run_id, "loss", float("nan"), timestamp=5, step=1)
client.log_metric(run_id, "loss", float("-inf"), timestamp=6, step=2)
client.log_metric(run_id, "val/loss", 1e-9, timestamp=7, step=3)
dataset = Dataset("d: x", "1e5", "local", '{"uri": "file:///x"}', schema='{"a": 1}')
client.log_inputs(run_id, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])
client.set_terminated(run_id, end_time=2000)

experiment_tag = "first line\nsecond line"
client.set_experiment_tag(experiment_id, "team/of", experiment_tag)

# A run that made one logged model of another, and measured it on datasets.
tuning_id = client.create_run(experiment_id, run_name="tuning", start_time=3000, tags={"a/b": "c"}).info.run_id
base = client.create_logged_model(experiment_id, name="base")
model = client.create_logged_model(
    experiment_id,
    name="tuned",
    source_run_id=tuning_id,
    params={"size": "64", "nested/depth": "2"},
    tags={"kind": descriptions[0]},
    model_type="sequence",
)
client.log_inputs(tuning_id, models=[LoggedModelInput(base.model_id)])
client.log_outputs(tuning_id, [LoggedModelOutput(model.model_id, step=3)])
on = {"model_id": model.model_id, "dataset_name": "wells", "dataset_digest": "d1"}
client.log_metric(tuning_id, "rmse", 3.5, timestamp=10, step=1, **on)
client.log_metric(tuning_id, "rmse", 2.5, timestamp=20, step=2, **on)
client.log_metric(tuning_id, "rmse", 9.0, timestamp=15, step=1, model_id=model.model_id)
client.finalize_logged_model(model.model_id, "READY")
client.delete_logged_model(base.model_id)

deleted_run_id = client.create_run(experiment_id, run_name="deleted", start_time=4000).info.run_id
client.delete_run(deleted_run_id)

deleted_experiment_id = client.create_experiment("deleted", tags={"well": "F-9"})
trashed_run_id = client.create_run(deleted_experiment_id, start_time=5000, tags={"k": "v"}).info.run_id
client.log_metric(trashed_run_id, "loss", 1.0, timestamp=1, step=0)
client.delete_experiment(deleted_experiment_id)

client.create_registered_model("m1", description="it's: a model", tags={"team": "rig", "a/b": "first\nsecond"})
for description in descriptions:
    client.create_model_version("m1", source=f"runs:/{run_id}/model", run_id=run_id, description=description)
client.set_model_version_tag("m1", "2", "a", "b")
client.set_registered_model_alias("m1", "champion", "2")
client.transition_model_version_stage("m1", "2", "Staging")
client.delete_model_version("m1", "1")
client.create_registered_model("m2")
client.create_model_version("m2", source=f"models:/{model.model_id}", model_id=model.model_id)

# Times of the day of making and absolute paths are of no interest to the test.
for meta in root.rglob("meta.yaml"):
    meta.write_text(meta.read_text(encoding="utf-8").replace(root.as_uri(), "file:///made/by/python"), encoding="utf-8")
facts = {
    "experiment_name": experiment_name,
    "experiment_tag": experiment_tag,
    "run_name": run_name,
    "run_id": run_id,
    "tuning_id": tuning_id,
    "base_id": base.model_id,
    "model_id": model.model_id,
    "deleted_run_id": deleted_run_id,
    "deleted_experiment_id": deleted_experiment_id,
    "trashed_run_id": trashed_run_id,
    "descriptions": descriptions,
}
(here / "python-mlruns.json").write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
