"""Saves the ONNX model of test/vectors as a model folder, as Python does.

save_model.py ONNX_FILE FOLDER
"""

import sys

import mlflow.onnx
import numpy
import onnx
from mlflow.models import infer_signature

onnx_file, folder = sys.argv[1:]
window = numpy.arange(6, dtype="float32").reshape(1, 2, 3)
mlflow.onnx.save_model(
    onnx.load(onnx_file),
    folder,
    signature=infer_signature({"window": window}, {"prediction": numpy.zeros((1, 1), "float32")}),
    metadata={"made_by": "Python: a 'quoted' # text"},
    input_example={"window": window},
)
