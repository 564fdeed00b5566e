"""Outputs and gradients of small sequence networks, by PyTorch in float64.

    python sequence-networks.py    (PyTorch 2.13.0, CPU) writes sequence-networks.json beside itself

Weights are named and laid out as the library has them and are put into PyTorch's own layers: nn.LSTM, nn.Conv1d,
nn.MaxPool1d, nn.TransformerEncoderLayer (norm_first), nn.LayerNorm. Gradients are those of sum(output * mask) for the
weights as the library has them.
"""

import json
import math
import pathlib

import torch
from torch import nn
from torch.func import functional_call

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(1)


def rounded(*shape, spread=1.0):
    """Normal random values that float32 holds exactly."""
    return (spread * torch.randn(*shape, generator=generator)).float().double()


def lstm(weights, layers, x):
    """x: [T, B, F]. Rows of a matrix: recurrent, kernel, bias; columns: i, f, g, o, as PyTorch has them."""
    for layer in range(layers):
        matrix = weights[f"lstm{layer}.weights"]
        units, features = matrix.shape[1] // 4, x.shape[2]
        named = {
            "weight_hh_l0": matrix[:units].T,
            "weight_ih_l0": matrix[units : units + features].T,
            "bias_ih_l0": matrix[-1],
            "bias_hh_l0": torch.zeros(4 * units),
        }
        x, _ = functional_call(nn.LSTM(features, units), named, (x,))
    return x[-1]


def convolutions(weights, count, kernel_size, x):
    x = x.permute(1, 2, 0)  # [B, C, T]
    for index in range(count):
        kernel, bias = weights[f"conv{index}.kernel"], weights[f"conv{index}.bias"]
        channels, filters = x.shape[1], bias.shape[0]
        layer = nn.Conv1d(channels, filters, kernel_size, padding=kernel_size // 2)
        named = {"weight": kernel.reshape(kernel_size, channels, filters).permute(2, 1, 0), "bias": bias}
        x = nn.functional.relu(functional_call(layer, named, (x,)))
        x = nn.MaxPool1d(2, ceil_mode=True)(x)
    return x.permute(2, 0, 1)


def sinusoids(steps, width):
    table = torch.zeros(steps, width)
    for t in range(steps):
        for i in range(0, width, 2):
            table[t, i] = math.sin(t / 10000 ** (i / width))
            table[t, i + 1] = math.cos(t / 10000 ** (i / width))
    return table


def normalised(weights, name, x):
    gain, shift = weights[f"{name}.gain"], weights[f"{name}.shift"]
    return functional_call(nn.LayerNorm(gain.shape[0], eps=1e-5), {"weight": gain, "bias": shift}, (x,))


def transformer(weights, architecture, x):
    size = architecture["modelSize"]
    positions = weights["positions"] if architecture["positions"] == "learned" else sinusoids(x.shape[0], size)
    x = x @ weights["embed.kernel"] + weights["embed.bias"] + positions[:, None, :]
    for index in range(architecture["numLayers"]):
        block = {name.split(".", 1)[1]: w for name, w in weights.items() if name.startswith(f"block{index}.")}
        layer = nn.TransformerEncoderLayer(
            size, architecture["heads"], architecture["feedForwardSize"], dropout=0.0, norm_first=True
        )
        named = {
            "self_attn.in_proj_weight": block["qkv.kernel"].T,
            "self_attn.in_proj_bias": block["qkv.bias"],
            "self_attn.out_proj.weight": block["out.kernel"].T,
            "self_attn.out_proj.bias": block["out.bias"],
            "linear1.weight": block["up.kernel"].T,
            "linear1.bias": block["up.bias"],
            "linear2.weight": block["down.kernel"].T,
            "linear2.bias": block["down.bias"],
            **{f"norm{n}.weight": block[f"norm{n}.gain"] for n in (1, 2)},
            **{f"norm{n}.bias": block[f"norm{n}.shift"] for n in (1, 2)},
        }
        x = functional_call(layer, named, (x,))
    return normalised(weights, "norm", x).mean(0)


def features(weights, architecture, x):
    """What the linear output reads, [B, width]."""
    if architecture["type"] == "lstm":
        return lstm(weights, architecture["numLayers"], x)
    if architecture["type"] == "cnn-lstm":
        x = convolutions(weights, architecture["convolutions"], architecture["kernelSize"], x)
        return lstm(weights, architecture["numLayers"], x)
    return transformer(weights, architecture, x)


def lstm_shapes(features, units, layers):
    inputs = [features] + [units] * (layers - 1)
    return {f"lstm{i}.weights": (units + inputs[i] + 1, 4 * units) for i in range(layers)}


def shapes(architecture, steps, count, outputs):
    kind = architecture["type"]
    if kind == "transformer":
        size, hidden = architecture["modelSize"], architecture["feedForwardSize"]
        result = {"embed.kernel": (count, size), "embed.bias": (size,)}
        if architecture["positions"] == "learned":
            result["positions"] = (steps, size)
        for i in range(architecture["numLayers"]):
            for name, shape in {
                "norm1.gain": (size,), "norm1.shift": (size,), "qkv.kernel": (size, 3 * size), "qkv.bias": (3 * size,),
                "out.kernel": (size, size), "out.bias": (size,), "norm2.gain": (size,), "norm2.shift": (size,),
                "up.kernel": (size, hidden), "up.bias": (hidden,), "down.kernel": (hidden, size), "down.bias": (size,),
            }.items():
                result[f"block{i}.{name}"] = shape
        return {**result, "norm.gain": (size,), "norm.shift": (size,),
                "head.kernel": (size, outputs), "head.bias": (outputs,)}
    result = {}
    if kind == "cnn-lstm":
        for i in range(architecture["convolutions"]):
            filters = architecture["filters"]
            result[f"conv{i}.kernel"] = (architecture["kernelSize"] * count, filters)
            result[f"conv{i}.bias"] = (filters,)
            count = filters
    units = architecture["hiddenSize"]
    result.update(lstm_shapes(count, units, architecture["numLayers"]))
    return {**result, "head.kernel": (units, outputs), "head.bias": (outputs,)}


def case(architecture, steps, batch=3, count=3, outputs=2):
    weights = {name: rounded(*shape, spread=0.5) for name, shape in shapes(architecture, steps, count, outputs).items()}
    for name in weights:
        if name.endswith(".gain"):
            weights[name] = (weights[name] + 1).float().double()
    x, mask = rounded(steps, batch, count), rounded(batch, outputs)
    leaves = {name: weight.requires_grad_() for name, weight in weights.items()}
    output = features(leaves, architecture, x) @ leaves["head.kernel"] + leaves["head.bias"]
    gradients = torch.autograd.grad((output * mask).sum(), list(leaves.values()))
    return {
        "architecture": architecture,
        "shape": {"windowLength": steps, "features": count, "outputs": outputs},
        "batch": batch,
        "x": numbers(x),
        "mask": numbers(mask),
        "output": numbers(output),
        "weights": [
            {"name": name, "shape": list(weight.shape), "values": numbers(weight), "gradient": numbers(gradient)}
            for (name, weight), gradient in zip(leaves.items(), gradients)
        ],
    }


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


transformer_size = {"type": "transformer", "modelSize": 6, "heads": 2, "feedForwardSize": 8, "dropout": 0}
cnn_lstm_size = {"type": "cnn-lstm", "filters": 4, "hiddenSize": 3, "dropout": 0}
cases = [
    case({"type": "lstm", "hiddenSize": 4, "numLayers": 1, "dropout": 0}, steps=5),
    case({"type": "lstm", "hiddenSize": 3, "numLayers": 2, "dropout": 0}, steps=4),
    case({**transformer_size, "numLayers": 2, "positions": "learned"}, steps=5),
    case({**transformer_size, "numLayers": 1, "positions": "sinusoidal"}, steps=4),
    case({**cnn_lstm_size, "kernelSize": 3, "convolutions": 2, "numLayers": 1}, steps=7),
    case({**cnn_lstm_size, "kernelSize": 5, "convolutions": 1, "numLayers": 2}, steps=6),
]
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")) + "\n")
