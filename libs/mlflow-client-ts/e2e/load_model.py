"""Loads models with mlflow.pyfunc and prints as JSON what each predicts for its own input example, and its signature.

load_model.py TRACKING_URI MODEL_URI...
"""

import json
import pathlib
import sys

import mlflow
import numpy


def describe(model_uri):
    model = mlflow.pyfunc.load_model(model_uri)
    folder = pathlib.Path(mlflow.artifacts.download_artifacts(artifact_uri=model_uri))
    serving = json.loads((folder / "serving_input_example.json").read_text())
    # MLflow 2.9 has no input_example.
    example = getattr(model, "input_example", None)
    if example is None:
        example = {name: numpy.array(values, "float32") for name, values in serving["inputs"].items()}
    predicted = model.predict(example)
    return {
        "predicted": {name: values.tolist() for name, values in predicted.items()},
        "inputs": json.loads(model.metadata.signature.to_dict()["inputs"]),
        "metadata": model.metadata.metadata,
        "serving": serving,
    }


tracking_uri, *model_uris = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
print(json.dumps([describe(model_uri) for model_uri in model_uris]))
