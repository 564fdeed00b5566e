"""Writes tiny.onnx: prediction [n, 1] = window [n, 2, 3] flattened times (1, 2, 3, 4, 5, 6). onnx 1.23.2, opset 17, IR 8."""

import pathlib

from onnx import TensorProto, checker, helper

window = helper.make_tensor_value_info("window", TensorProto.FLOAT, [None, 2, 3])
prediction = helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [None, 1])
weights = helper.make_tensor("weights", TensorProto.FLOAT, [6, 1], [1, 2, 3, 4, 5, 6])
shape = helper.make_tensor("shape", TensorProto.INT64, [2], [-1, 6])
nodes = [
    helper.make_node("Reshape", ["window", "shape"], ["flat"]),
    helper.make_node("MatMul", ["flat", "weights"], ["prediction"]),
]
graph = helper.make_graph(nodes, "tiny", [window], [prediction], [weights, shape])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
checker.check_model(model)
pathlib.Path(__file__).with_name("tiny.onnx").write_bytes(model.SerializeToString(deterministic=True))
