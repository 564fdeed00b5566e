"""Writes adam.json: ten steps of PyTorch's Adam, in float64, from gradients drawn at random.

    pip install torch && python adam.py
"""

import json
import pathlib

import torch

torch.manual_seed(1)
learning_rate, epsilon = 0.03, 1e-5
start = torch.randn(6, dtype=torch.float64)
gradients = torch.randn(10, 6, dtype=torch.float64)
parameter = torch.nn.Parameter(start.clone())
optimizer = torch.optim.Adam([parameter], lr=learning_rate, eps=epsilon)
steps = []
for gradient in gradients:
    parameter.grad = gradient.clone()
    optimizer.step()
    steps.append(parameter.detach().tolist())
content = {
    "madeBy": "adam.py",
    "torch": torch.__version__,
    "learningRate": learning_rate,
    "epsilon": epsilon,
    "start": start.tolist(),
    "gradients": gradients.tolist(),
    "steps": steps,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n")
