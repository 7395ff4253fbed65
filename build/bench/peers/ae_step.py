"""The peer of ours/ae-step.ts: the same autoencoder step in PyTorch on the processor.

Usage: ae_step.py [steps] [threads]. Prints the median of the steps as JSON.
"""

import json
import sys
import time

import torch
from torch import nn

steps = int(sys.argv[1]) if len(sys.argv) > 1 else 30
if len(sys.argv) > 2:
    torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(0)

widths = [13714, 128, 32, 16, 6]
layers: list[nn.Module] = []
for i, (n_in, n_out) in enumerate(zip(widths[:-1], widths[1:])):
    layers.append(nn.Linear(n_in, n_out))
    if i > 0:
        layers.append(nn.ReLU())
back = widths[::-1]
for i, (n_in, n_out) in enumerate(zip(back[:-1], back[1:])):
    layers.append(nn.Linear(n_in, n_out))
    if i < len(back) - 2:
        layers.append(nn.ReLU())
network = nn.Sequential(*layers)
optimiser = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
x = torch.rand(256, widths[0])


def step() -> float:
    start = time.perf_counter()
    optimiser.zero_grad(set_to_none=True)
    loss = ((network(x) - x) ** 2).sum(1).mean()
    loss.backward()
    optimiser.step()
    loss.item()
    return (time.perf_counter() - start) * 1000


for _ in range(5):
    step()
milliseconds = sorted(step() for _ in range(steps))
note = f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, fastest {milliseconds[0]:.1f} ms"
print(json.dumps({"seconds": milliseconds[steps // 2] / 1000, "note": note}))
