"""What Python makes of exported models: read_models.py FOLDER, with NAME.onnx and NAME.json (windows) for each model.

Prints one JSON object: by name the version of format and operators, the metadata, whether Python writes the same bytes, and
what onnxruntime and the reference evaluator of onnx answer. NaN is null. A model that the checker refuses ends the program.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator


def read_model(path: Path) -> dict:
    content = path.read_bytes()
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    windows = np.array(json.loads(path.with_suffix(".json").read_text()), dtype=np.float32)
    windows = windows.reshape([-1] + [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim[1:]])
    names = [output.name for output in model.graph.output]
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    reference = ReferenceEvaluator(model)
    return {
        "irVersion": model.ir_version,
        "opset": [[opset.domain, opset.version] for opset in model.opset_import],
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "runtimeMetadata": session.get_modelmeta().custom_metadata_map,
        "doc": model.doc_string,
        "sameBytes": model.SerializeToString(deterministic=True) == content,
        "shapes": {output.name: [d.dim_param or d.dim_value for d in output.type.tensor_type.shape.dim] for output in model.graph.output},
        "runtime": dict(zip(names, map(listed, session.run(names, {"window": windows})))),
        "reference": dict(zip(names, map(listed, reference.run(names, {"window": windows})))),
    }


def listed(values: np.ndarray) -> list:
    return [None if math.isnan(value) else float(value) for value in values.ravel()]


if __name__ == "__main__":
    print(json.dumps({path.stem: read_model(path) for path in sorted(Path(sys.argv[1]).glob("*.onnx"))}))
