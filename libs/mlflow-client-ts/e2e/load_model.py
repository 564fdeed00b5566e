"""Loads models with mlflow.pyfunc and prints as JSON what each predicts for its own input example, and its signature.

load_model.py TRACKING_URI MODEL_URI...
"""

import json
import sys

import mlflow


def describe(model_uri):
    model = mlflow.pyfunc.load_model(model_uri)
    predicted = model.predict(model.input_example)
    return {
        "predicted": {name: values.tolist() for name, values in predicted.items()},
        "inputs": json.loads(model.metadata.signature.to_dict()["inputs"]),
        "metadata": model.metadata.metadata,
        "serving": json.loads(mlflow.models.utils.load_serving_example(model_uri)),
    }


tracking_uri, *model_uris = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
print(json.dumps([describe(model_uri) for model_uri in model_uris]))
