"""The peer of ours/count-step.ts: the same step of a count model in PyTorch on the processor.

Usage: count_step.py zipo|zipo-zinb|zipo-deep|dca [steps] [threads]. Prints the median of the steps as JSON. Dense counts, the
likelihoods as their papers print them (log-sigmoid and log-gamma), log x! once and for all, fused optimisers.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

what = sys.argv[1]
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 20
if len(sys.argv) > 3:
    torch.set_num_threads(int(sys.argv[3]))
torch.manual_seed(0)

batch, genes = 256, 13714
counts = torch.where(torch.rand(batch, genes) < 0.062, 1 + torch.empty(batch, genes).exponential_(1 / 1.2).floor(), 0.0)
x = torch.log1p(counts)
zero = counts == 0
log_factorial = torch.lgamma(counts + 1)
library = counts.sum(1, keepdim=True)


class Zipo(nn.Module):
    """Sections II-C to II-E of the paper: sigmoid and batch norm, residuals to the latent layer, library subnet 16-4."""

    def __init__(self, widths: list[int], zinb: bool):
        super().__init__()
        sizes = [genes, *widths]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm1d(b) for b in widths)
        self.residuals = nn.ModuleList(nn.Linear(b, widths[-1], bias=False) for b in widths[:-1])
        latent = widths[-1]
        self.library = nn.Sequential(
            nn.Linear(latent, 16), nn.BatchNorm1d(16), nn.Sigmoid(),
            nn.Linear(16, 4), nn.BatchNorm1d(4), nn.Sigmoid(), nn.Linear(4, 1),
        )
        self.mean = nn.Linear(latent, genes)
        self.dropout = nn.Linear(latent, genes)
        self.dispersion = nn.Linear(latent, genes) if zinb else None

    def loss(self) -> torch.Tensor:
        h, added = x, 0
        for i, (layer, norm) in enumerate(zip(self.layers, self.norms)):
            h = norm(torch.sigmoid(layer(h)))
            if i < len(self.residuals):
                added = added + self.residuals[i](h)
        h = h + added
        log_library = self.library(h)
        log_mean = F.log_softmax(self.mean(h), 1) + log_library
        r = self.dropout(h)
        phi = F.softplus(self.dispersion(h)) + 1e-4 if self.dispersion is not None else None
        nll = zip_nll(log_mean, r) if phi is None else zinb_nll(log_mean, 1 / phi, r)
        w = self.layers[0].weight
        spread = (w.abs().mean(1) / w.square().mean(1).sqrt()).mean()
        total = nll + 0.1 * torch.sigmoid(r).square().mean() + 0.1 * spread
        if phi is not None:
            total = total + 0.1 * phi.square().mean() + 0.1 * (log_library.exp() - library).square().mean()
        return total


class Dca(nn.Module):
    """128-64-128 with batch norm without scale, and three heads (Eraslan et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        sizes = [genes, 128, 64, 128]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.shifts = nn.ParameterList(torch.zeros(b) for b in sizes[1:])
        self.mean, self.dispersion, self.dropout = (nn.Linear(128, genes) for _ in range(3))

    def loss(self) -> torch.Tensor:
        h = x
        for layer, shift in zip(self.layers, self.shifts):
            h = F.relu(F.batch_norm(layer(h), None, None, None, shift, training=True))
        log_mean = self.mean(h).clamp(-11.5, 13.8) + (library / library.mean()).log()
        theta = F.softplus(self.dispersion(h)).clamp(1e-4, 1e4)
        return zinb_nll(log_mean, theta, self.dropout(h))


def zip_nll(log_mean: torch.Tensor, r: torch.Tensor) -> torch.Tensor:
    mean = log_mean.exp()
    at_zero = r - F.logsigmoid(r + mean)
    above = counts * log_mean - mean - log_factorial
    return -(F.logsigmoid(-r) + torch.where(zero, at_zero, above)).mean()


def zinb_nll(log_mean: torch.Tensor, theta: torch.Tensor, r: torch.Tensor) -> torch.Tensor:
    log_sum = torch.log(theta + log_mean.exp())
    log_zero = theta * (theta.log() - log_sum)
    at_zero = r - F.logsigmoid(r - log_zero)
    above = (
        torch.lgamma(counts + theta) - torch.lgamma(theta) - log_factorial
        + log_zero + counts * (log_mean - log_sum)
    )
    return -(F.logsigmoid(-r) + torch.where(zero, at_zero, above)).mean()


network = Dca() if what == "dca" else Zipo([2048, 1024, 512, 256, 128] if what == "zipo-deep" else [512, 256, 128], what == "zipo-zinb")
if what == "dca":
    optimiser = torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9)
else:
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)


def step() -> float:
    start = time.perf_counter()
    optimiser.zero_grad(set_to_none=True)
    loss = network.loss()
    loss.backward()
    if what == "dca":
        nn.utils.clip_grad_value_(network.parameters(), 5)
    optimiser.step()
    loss.item()
    return (time.perf_counter() - start) * 1000


for _ in range(3):
    step()
before = time.process_time()
milliseconds = sorted(step() for _ in range(steps))
spent = (time.process_time() - before) * 1000 / len(milliseconds)
note = f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, fastest {milliseconds[0]:.1f} ms, processor time {spent:.0f} ms"
print(json.dumps({"seconds": milliseconds[len(milliseconds) // 2] / 1000, "note": note}))
