"""Loads a model with mlflow.pyfunc and prints as JSON what it predicts for the windows on stdin.

predict_model.py TRACKING_URI MODEL_URI < {"window": [[[...]]]}
"""

import json
import sys

import mlflow
import numpy

tracking_uri, model_uri = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
inputs = {name: numpy.array(values, "float32") for name, values in json.load(sys.stdin).items()}
predicted = mlflow.pyfunc.load_model(model_uri).predict(inputs)
print(json.dumps({name: values.tolist() for name, values in predicted.items()}))
