"""Uses a tracking server as Python programs do, and prints what it was told, as JSON.

python_face.py TRACKING_URI ONNX_FILE
"""

import importlib.util
import json
import math
import pathlib
import sys
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

tracking_uri, onnx_file = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
client = MlflowClient()
is_3 = int(mlflow.__version__.split(".")[0]) >= 3
told = {"mlflow": mlflow.__version__}


def code_of(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        return error.error_code
    return None


def plain(value):
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def points(metrics):
    return [[plain(m.value), m.timestamp, m.step] for m in metrics]


def describe(run):
    return {
        "status": run.info.status,
        "run_name": run.info.run_name,
        "start_time": run.info.start_time,
        "end_time": run.info.end_time,
        "lifecycle_stage": run.info.lifecycle_stage,
        "artifact_uri": run.info.artifact_uri.replace(run.info.run_id, "RUN"),
        "user_id": run.info.user_id,
        "metrics": {key: plain(value) for key, value in sorted(run.data.metrics.items())},
        "params": dict(sorted(run.data.params.items())),
        "tags": {key: value for key, value in sorted(run.data.tags.items()) if not key.startswith("mlflow.source")},
    }


# Experiments.
experiment_id = client.create_experiment("python", tags={"team": "drill ü"})
told["experiment_id"] = experiment_id
told["taken"] = code_of(client.create_experiment, "python")
client.set_experiment_tag(experiment_id, "more", "")
client.rename_experiment(experiment_id, "python 2")
experiment = client.get_experiment_by_name("python 2")
told["experiment"] = [experiment.experiment_id, experiment.tags, experiment.lifecycle_stage]
told["absent_experiment"] = client.get_experiment_by_name("absent")
client.delete_experiment(experiment_id)
told["deleted_experiments"] = [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY)]
client.restore_experiment(experiment_id)
told["found_experiments"] = [
    e.name for e in client.search_experiments(filter_string="name LIKE 'pyth%'", order_by=["name ASC"])
]

# Runs, by the client.
run = client.create_run(experiment_id, start_time=1000, tags={"mlflow.user": "ann"}, run_name="first")
run_id = run.info.run_id
told["run_id"] = run_id
client.log_batch(
    run_id,
    metrics=[Metric("val/loss", value, 5 + step, step) for step, value in enumerate([1.5, math.nan, math.inf, -math.inf])],
    params=[Param("rate", "0.1"), Param("empty", ""), Param("long", "ж" * 6000)],
    tags=[RunTag("a/b", "1")],
)
client.log_batch(run_id, metrics=[Metric("many", float(step), step, step) for step in range(1000)])
client.log_metric(run_id, "acc", 0.5, timestamp=7, step=3)
client.log_param(run_id, "depth", 3)
told["param_again"] = code_of(client.log_param, run_id, "depth", 4)
client.set_tag(run_id, "gone", "x")
client.delete_tag(run_id, "gone")
told["history"] = points(client.get_metric_history(run_id, "val/loss"))
told["many"] = len(client.get_metric_history(run_id, "many"))
client.set_terminated(run_id, "FAILED", end_time=2000)
described = describe(client.get_run(run_id))
described["params"]["long"] = len(described["params"]["long"])
told["run"] = described
told["absent_run"] = code_of(client.get_run, "0" * 32)
told["bad_filter"] = code_of(client.search_runs, [experiment_id], "metrics.acc = 'x'")

second = client.create_run(experiment_id, start_time=3000, run_name="second")
client.log_metric(second.info.run_id, "acc", 0.9, timestamp=8)
search = lambda *args, **kwargs: [r.info.run_name for r in client.search_runs([experiment_id], *args, **kwargs)]
told["searches"] = {
    "all": search(),
    "filter": search("metrics.acc > 0.6"),
    "tag": search("tags.`a/b` = '1' and params.rate = '0.1'"),
    "ordered": search(order_by=["metrics.acc DESC"]),
    "none": search("metrics.acc > 10"),
}
first_page = client.search_runs([experiment_id], max_results=1, order_by=["start_time ASC"])
second_page = client.search_runs([experiment_id], max_results=1, order_by=["start_time ASC"], page_token=first_page.token)
told["pages"] = [first_page[0].info.run_name, second_page[0].info.run_name, second_page.token or None]
client.delete_run(second.info.run_id)
told["after_delete"] = [search(), search(run_view_type=ViewType.DELETED_ONLY)]
told["write_to_deleted"] = code_of(client.log_metric, second.info.run_id, "acc", 1)
client.restore_run(second.info.run_id)
client.update_run(second.info.run_id, status="RUNNING", name="renamed")
told["after_restore"] = sorted(search())

# Runs, by the fluent interface.
mlflow.set_experiment("fluent")
with tempfile.TemporaryDirectory() as folder, mlflow.start_run(run_name="outer") as outer:
    mlflow.log_params({"x": 1, "y": "ü"})
    mlflow.log_metrics({"m": 1.0}, step=4)
    mlflow.set_tags({"t": "1"})
    mlflow.log_dict({"a": [1, 2]}, "data/dict.json")
    mlflow.log_text("hello ü\n", "notes/my note, 100%.txt")
    mlflow.log_text("", "empty.txt")
    mlflow.log_table({"well": ["a", "b"], "rop": [1.0, 2.5]}, "table.json")
    local = pathlib.Path(folder, "tree")
    (local / "deep").mkdir(parents=True)
    (local / "deep" / "bytes.bin").write_bytes(bytes(range(256)) * 8192)
    (local / "one.txt").write_text("1")
    mlflow.log_artifacts(str(local), "tree")
    with mlflow.start_run(nested=True, run_name="inner"):
        mlflow.log_metric("m", 2)
outer_id = outer.info.run_id
told["outer_id"] = outer_id
told["children"] = [
    r.info.run_name
    for r in client.search_runs([outer.info.experiment_id], f"tags.`mlflow.parentRunId` = '{outer_id}'")
]
told["listed"] = {
    path or "": [[f.path, f.is_dir, f.file_size] for f in client.list_artifacts(outer_id, path)]
    for path in [None, "tree", "tree/deep", "tree/one.txt", "absent"]
}
told["frame"] = mlflow.search_runs(experiment_names=["fluent"], filter_string="params.x = '1'")["metrics.m"].tolist()
with tempfile.TemporaryDirectory() as folder:
    downloaded = pathlib.Path(client.download_artifacts(outer_id, "tree", folder))
    told["downloaded"] = {
        path.relative_to(downloaded).as_posix(): len(path.read_bytes())
        for path in sorted(downloaded.rglob("*"))
        if path.is_file()
    }
    told["bytes"] = (downloaded / "deep" / "bytes.bin").read_bytes() == bytes(range(256)) * 8192
    note = pathlib.Path(client.download_artifacts(outer_id, "notes/my note, 100%.txt", folder))
    told["note"] = note.read_text(encoding="utf-8")
told["dict"] = mlflow.artifacts.load_dict(f"runs:/{outer_id}/data/dict.json")
told["table"] = mlflow.load_table("table.json", run_ids=[outer_id]).to_dict("list")
repository = mlflow.store.artifact.artifact_repository_registry.get_artifact_repository(outer.info.artifact_uri)
repository.delete_artifacts("tree/deep")
told["after_artifact_delete"] = [f.path for f in client.list_artifacts(outer_id, "tree")]

# Datasets.
import pandas

dataset = mlflow.data.from_pandas(pandas.DataFrame({"rop": [1.0, 2.0]}), name="wells")
with mlflow.start_run(run_id=outer_id):
    mlflow.log_input(dataset, context="training")
inputs = client.get_run(outer_id).inputs.dataset_inputs
told["inputs"] = [[i.dataset.name, i.dataset.digest, {t.key: t.value for t in i.tags}] for i in inputs]
told["digest"] = dataset.digest

# The registry.
client.create_registered_model("pump", tags={"kind": "x"}, description="a pump")
told["model_taken"] = code_of(client.create_registered_model, "pump")
for _ in range(2):
    client.create_model_version("pump", f"runs:/{run_id}/model", run_id, tags={"v": "1"}, description="made")
client.set_registered_model_alias("pump", "champion", "1")
client.set_model_version_tag("pump", "1", "checked", "yes")
client.delete_model_version_tag("pump", "1", "v")
client.set_registered_model_tag("pump", "more", "1")
client.delete_registered_model_tag("pump", "kind")
client.update_model_version("pump", "2", "second")
client.update_registered_model("pump", "changed")
client.transition_model_version_stage("pump", "2", "Production")
version = client.get_model_version_by_alias("pump", "champion")
told["version"] = [version.version, version.tags, list(version.aliases), version.description, version.status, version.source]
told["download_uri"] = client.get_model_version_download_uri("pump", "1")
told["latest"] = [[v.version, v.current_stage] for v in client.get_latest_versions("pump", ["Production"])]
model = client.get_registered_model("pump")
told["model"] = [model.description, model.tags, model.aliases, sorted(v.version for v in model.latest_versions)]
told["versions"] = [v.version for v in client.search_model_versions("name = 'pump'", order_by=["version_number ASC"])]
told["models"] = [m.name for m in client.search_registered_models("name LIKE 'pu%'")]
told["absent_alias"] = code_of(client.get_model_version_by_alias, "pump", "none")
told["absent_version"] = code_of(client.get_model_version, "pump", "9")
client.delete_registered_model_alias("pump", "champion")
client.delete_model_version("pump", "1")
client.rename_registered_model("pump", "pump 2")
told["renamed"] = [[v.name, v.version] for v in client.search_model_versions("name = 'pump 2'")]
client.delete_registered_model("pump 2")
told["deleted_model"] = code_of(client.get_registered_model, "pump 2")

# A model.
if importlib.util.find_spec("onnx"):
    import numpy
    import onnx

    with mlflow.start_run(run_name="model") as model_run:
        place = {"name": "tiny"} if is_3 else {"artifact_path": "tiny"}
        info = mlflow.onnx.log_model(onnx.load(onnx_file), registered_model_name="tiny", **place)
    client.set_registered_model_alias("tiny", "champion", "1")
    told["model_run_id"] = model_run.info.run_id
    window = numpy.arange(6, dtype="float32").reshape(1, 2, 3)
    uris = ["models:/tiny@champion", "models:/tiny/1", f"runs:/{model_run.info.run_id}/tiny", info.model_uri]
    told["predictions"] = [
        [values.tolist() for values in mlflow.pyfunc.load_model(uri).predict(window).values()] for uri in uris
    ]
    if is_3:
        logged = mlflow.get_logged_model(info.model_id)
        told["logged_model"] = [logged.model_id, logged.name, logged.status.name, logged.source_run_id]
        with mlflow.start_run(run_id=model_run.info.run_id):
            mlflow.log_metric("acc", 0.75, step=2, model_id=info.model_id, dataset=dataset)
        client.set_logged_model_tags(info.model_id, {"a": "1", "b": "2"})
        client.delete_logged_model_tag(info.model_id, "b")
        client.log_model_params(info.model_id, {"p": "1"})
        logged = mlflow.get_logged_model(info.model_id)
        told["logged_metrics"] = [[m.key, m.value, m.step, m.dataset_name, m.dataset_digest] for m in logged.metrics]
        told["logged_tags"] = [logged.tags.get("a"), logged.tags.get("b"), logged.params]
        told["found_models"] = [
            m.model_id
            for m in client.search_logged_models([model_run.info.experiment_id], filter_string="metrics.acc > 0.5")
        ]
        told["outputs"] = [o.model_id for o in client.get_run(model_run.info.run_id).outputs.model_outputs]

print(json.dumps(told))
