"""The same training step in PyTorch on one thread: step_peer.py CASE_FILE. Speaks as step-child.ts does.

PyTorch's own layers: nn.LSTM, nn.Conv1d, nn.MaxPool1d, nn.TransformerEncoderLayer (norm_first), nn.LayerNorm, nn.Linear.
nn.LSTM has two biases where one does; the second is 0 and not trained.
"""

import json
import math
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_num_interop_threads(1)

STEPS, WINDOWS, FEATURES = 30, 256, 14


class Lstm(nn.Module):
    def __init__(self, architecture, inputs=FEATURES):
        super().__init__()
        self.lstm = nn.LSTM(inputs, architecture["hiddenSize"], architecture["numLayers"])
        for name, parameter in self.lstm.named_parameters():
            if name.startswith("bias_hh"):
                nn.init.zeros_(parameter).requires_grad_(False)
        self.head = nn.Linear(architecture["hiddenSize"], 1)

    def forward(self, x):  # [T, B, F]
        return self.head(self.lstm(x)[0][-1])

    def place(self, weights):
        for layer in range(self.lstm.num_layers):
            matrix = weights[f"lstm{layer}.weights"]
            units = self.lstm.hidden_size
            put(getattr(self.lstm, f"weight_hh_l{layer}"), matrix[:units].T)
            put(getattr(self.lstm, f"weight_ih_l{layer}"), matrix[units:-1].T)
            put(getattr(self.lstm, f"bias_ih_l{layer}"), matrix[-1])
        put_dense(self.head, weights, "head")


class CnnLstm(nn.Module):
    def __init__(self, architecture):
        super().__init__()
        filters, size = architecture["filters"], architecture["kernelSize"]
        channels = [FEATURES] + [filters] * (architecture["convolutions"] - 1)
        self.convolutions = nn.ModuleList(nn.Conv1d(c, filters, size, padding=size // 2) for c in channels)
        self.pool = nn.MaxPool1d(2, ceil_mode=True)
        self.lstm = Lstm(architecture, filters)

    def forward(self, x):  # [B, F, T]
        for convolution in self.convolutions:
            x = self.pool(torch.relu(convolution(x)))
        return self.lstm(x.permute(2, 0, 1))

    def place(self, weights):
        for index, layer in enumerate(self.convolutions):
            filters, channels, size = layer.weight.shape
            put(layer.weight, weights[f"conv{index}.kernel"].reshape(size, channels, filters).permute(2, 1, 0))
            put(layer.bias, weights[f"conv{index}.bias"])
        self.lstm.place(weights)


class Transformer(nn.Module):
    def __init__(self, architecture):
        super().__init__()
        size = architecture["modelSize"]
        self.embed = nn.Linear(FEATURES, size)
        self.positions = nn.Parameter(torch.empty(STEPS, size))
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                size,
                architecture["heads"],
                architecture["feedForwardSize"],
                dropout=0.0,
                batch_first=True,
                norm_first=True,
            )
            for _ in range(architecture["numLayers"])
        )
        self.norm = nn.LayerNorm(size, eps=1e-5)
        self.head = nn.Linear(size, 1)

    def forward(self, x):  # [B, T, F]
        x = self.embed(x) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x).mean(1))

    def place(self, weights):
        put_dense(self.embed, weights, "embed")
        put(self.positions, weights["positions"])
        for index, block in enumerate(self.blocks):
            name = f"block{index}"
            put_norm(block.norm1, weights, f"{name}.norm1")
            put_norm(block.norm2, weights, f"{name}.norm2")
            put(block.self_attn.in_proj_weight, weights[f"{name}.qkv.kernel"].T)
            put(block.self_attn.in_proj_bias, weights[f"{name}.qkv.bias"])
            put_dense(block.self_attn.out_proj, weights, f"{name}.out")
            put_dense(block.linear1, weights, f"{name}.up")
            put_dense(block.linear2, weights, f"{name}.down")
        put_norm(self.norm, weights, "norm")
        put_dense(self.head, weights, "head")


def put(parameter, values):
    assert parameter.shape == values.shape, f"{parameter.shape} is not {values.shape}"
    with torch.no_grad():
        parameter.copy_(values)


def put_dense(layer, weights, name):
    put(layer.weight, weights[f"{name}.kernel"].T)
    put(layer.bias, weights[f"{name}.bias"])


def put_norm(layer, weights, name):
    put(layer.weight, weights[f"{name}.gain"])
    put(layer.bias, weights[f"{name}.shift"])


def decays(name):
    """As the library has it: matrices do, and of an LSTM the bias too (`bias_ih_l0`), being a row of its matrix."""
    return not (name.endswith("bias") or "norm" in name or name == "positions")


def tensor(values, *shape):
    return torch.tensor(values, dtype=torch.float32).reshape(*shape)


with open(sys.argv[1]) as file:
    case = json.load(file)
weights = {w["name"]: tensor(w["values"], *w["shape"]) for w in case["weights"]}
x = tensor(case["inputs"], STEPS, WINDOWS, FEATURES)
targets = tensor(case["targets"], WINDOWS, 1)

# Each in the layout it is fastest in; the batch is laid out before the clock runs.
model_type = case["modelType"]
if model_type == "lstm":
    model = Lstm(case["architecture"])
elif model_type == "cnn-lstm":
    model, x = CnnLstm(case["architecture"]), x.permute(1, 2, 0).contiguous()
else:
    model, x = Transformer(case["architecture"]), x.transpose(0, 1).contiguous()
model.place(weights)
model.train()

options = case["options"]
trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
groups = [
    {"params": [p for name, p in trained.items() if decays(name)], "weight_decay": options["weightDecay"]},
    {"params": [p for name, p in trained.items() if not decays(name)], "weight_decay": 0.0},
]
optimizer = torch.optim.AdamW(groups, lr=options["learningRate"])
steps_taken = 0


def step():
    global steps_taken
    steps_taken += 1
    for group in optimizer.param_groups:
        # The library adds its epsilon before the bias correction, PyTorch after it.
        group["eps"] = 1e-7 / math.sqrt(1 - 0.999**steps_taken)
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.mse_loss(model(x), targets)
    loss.backward()
    nn.utils.clip_grad_norm_(trained.values(), options["gradientClip"])
    optimizer.step()
    return loss.item()


def say(answer):
    print(json.dumps(answer), flush=True)


say({"version": f"PyTorch {torch.__version__}", "parameters": sum(p.numel() for p in trained.values())})
for line in sys.stdin:
    times = {"wallMs": [], "cpuMs": [], "loss": None}
    for _ in range(int(line)):
        cpu, wall = time.process_time(), time.perf_counter()
        times["loss"] = step()
        times["wallMs"].append(1000 * (time.perf_counter() - wall))
        times["cpuMs"].append(1000 * (time.process_time() - cpu))
    say(times)
