"""Trains a small network for three steps by each rule of specification 6.8 to 6.13, in double precision with PyTorch.

Run: python3 reparametrized_training.py > reparametrized_training.json     (PyTorch 1.13 or later)

Gradients come from autograd, but for the surrogate of DST and the masks of GSM and LC, which have none.
"""
import json

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

SHAPES = {
    "conv.weight": (4, 2, 3, 3), "bn.weight": (4,), "bn.bias": (4,), "fc.weight": (3, 4), "fc.bias": (3,)}
LAYERS = ("conv.weight", "fc.weight")
DECAY = 0.01


def fill(length, start):
    """start, start + 1, ... hashed to multiples of 1/128 in [-1, 1)."""
    return torch.tensor([((start + i) * 2654435761 % 2**32 >> 24) / 128 - 1 for i in range(length)])


def batch(step):
    size = 3 if step == 2 else 4
    pixels = fill(size * 5 * 5 * 2, 10_000 * (step + 1)).reshape(size, 5, 5, 2)
    return pixels.permute(0, 3, 1, 2).contiguous(), torch.tensor([(step + i) % 3 for i in range(size)])


def logits(images, weights, p):
    y = nn.functional.conv2d(images, weights["conv.weight"], padding=1)
    y = nn.functional.batch_norm(y, None, None, p["bn.weight"], p["bn.bias"], training=True)
    return nn.functional.linear(torch.relu(y).mean((2, 3)), weights["fc.weight"], p["fc.bias"])


class Step(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        ctx.save_for_backward(z)
        return (z > 0).to(z.dtype)

    @staticmethod
    def backward(ctx, g):
        z = ctx.saved_tensors[0].abs()
        return g * torch.where(z <= 0.4, 2 - 4 * z, torch.where(z <= 1, torch.full_like(z, 0.4), torch.zeros_like(z)))


def joined(tensors):
    return torch.cat([tensors[layer].detach().reshape(-1) for layer in LAYERS])


def largest(scores, k):
    """True for the k largest magnitudes, the first of equal ones."""
    chosen = torch.zeros(len(scores), dtype=torch.bool)
    chosen[torch.sort(scores.abs(), descending=True, stable=True).indices[:k]] = True
    return chosen


def by_layer(flat):
    split = torch.split(flat, [torch.Size(SHAPES[layer]).numel() for layer in LAYERS])
    return {layer: part.reshape(SHAPES[layer]) for layer, part in zip(LAYERS, split)}


def plain(p, step):
    return {layer: p[layer] for layer in LAYERS}, 0


def dnw(p, step):
    scores = joined(p).abs()
    mask = by_layer(scores > torch.sort(scores).values[41])
    return {layer: p[layer] + (p[layer] * mask[layer] - p[layer]).detach() for layer in LAYERS}, 0


def soft_threshold(p, step):
    def shrunk(layer):
        w = p[layer]
        return torch.sign(w) * torch.relu(w.abs() - torch.sigmoid(p[layer + ".threshold"]))
    return {layer: shrunk(layer) for layer in LAYERS}, 0


def unit_threshold(p, step):
    def masked(layer):
        t = p[layer + ".threshold"].reshape(-1, *[1] * (len(SHAPES[layer]) - 1))
        return p[layer] * Step.apply(p[layer].abs() - t)
    return {layer: masked(layer) for layer in LAYERS}, 0.01 * sum(torch.exp(-p[l + ".threshold"]).sum() for l in LAYERS)


def soft_mask(p, step):
    def gate(layer):
        return torch.sigmoid(64 ** (step / 3) * p[layer + ".mask"])
    scale = torch.sigmoid(torch.tensor(-0.1))
    weights = {layer: p[layer] * gate(layer).reshape(SHAPES[layer]) / scale for layer in LAYERS}
    return weights, 0.01 * sum(gate(layer).sum() for layer in LAYERS)


def top_gradient(p):
    kept = by_layer(largest(joined(p) * joined({l: p[l].grad for l in LAYERS}), 20))
    for layer in LAYERS:
        p[layer].grad *= kept[layer]


def selective_decay(p):
    free = by_layer(largest(joined(p), 20))
    for layer in LAYERS:
        p[layer].grad -= DECAY * p[layer].detach() * free[layer]


def run(name, effective, auxiliary=lambda layer: None, suffix="", pull=lambda p: None, auxiliary_decay=DECAY):
    shapes = dict(SHAPES)
    for layer in LAYERS:
        if auxiliary(layer):
            shapes[layer + suffix] = (auxiliary(layer),)
    p, start = {}, 0
    for tensor, shape in shapes.items():
        length = torch.Size(shape).numel()
        p[tensor] = fill(length, start).reshape(shape).requires_grad_()
        start += length
    extra = [p[tensor] for tensor in shapes if tensor not in SHAPES]
    groups = [{"params": [p[tensor] for tensor in SHAPES]}]
    if extra:
        groups.append({"params": extra, "weight_decay": auxiliary_decay})
    sgd = torch.optim.SGD(groups, lr=0.125, momentum=0.9, weight_decay=DECAY)
    losses = []
    for step in range(3):
        images, labels = batch(step)
        sgd.zero_grad()
        weights, penalty = effective(p, step)
        loss = nn.functional.cross_entropy(logits(images, weights, p), labels)
        (loss + penalty).backward()
        pull(p)
        sgd.step()
        losses.append(loss.item())
    flat = lambda tensor: tensor.detach().reshape(-1).tolist()
    return {
        "name": name,
        "losses": losses,
        "values": {tensor: flat(value) for tensor, value in p.items()},
        "momentum": {tensor: flat(sgd.state[value]["momentum_buffer"]) for tensor, value in p.items()},
    }


print("[")
print(",\n".join(json.dumps(case) for case in (
    run("dnw", dnw),
    run("str", soft_threshold, lambda layer: 1, ".threshold"),
    run("dst", unit_threshold, lambda layer: SHAPES[layer][0], ".threshold"),
    run("cs", soft_mask, lambda layer: torch.Size(SHAPES[layer]).numel(), ".mask", auxiliary_decay=0),
    run("gsm", plain, pull=top_gradient),
    run("lc", plain, pull=selective_decay))))
print("]")
