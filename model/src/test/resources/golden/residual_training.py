"""Trains a small residual network for three steps in double precision with PyTorch and writes what came out.

Run: python3 residual_training.py > residual_training.json     (PyTorch 1.13 or later)

Parameters and pixels are integers over a power of two, so that every program starts from the same bits.
"""
import json

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 6, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.downsample = nn.Sequential(nn.Conv2d(4, 6, 1, stride=2, bias=False), nn.BatchNorm2d(6))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.downsample(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1, bias=True)
        self.bn1 = nn.BatchNorm2d(4)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.block = Block()
        self.fc = nn.Linear(6, 3)

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        return self.fc(self.block(x).mean((2, 3)))


def fill(length, start):
    """start, start + 1, ... hashed to multiples of 1/128 in [-1, 1)."""
    return torch.tensor([((start + i) * 2654435761 % 2**32 >> 24) / 128 - 1 for i in range(length)])


def batch(step):
    size = 3 if step == 2 else 4
    pixels = fill(size * 7 * 7 * 2, 10_000 * (step + 1)).reshape(size, 7, 7, 2)
    return pixels.permute(0, 3, 1, 2).contiguous(), torch.tensor([(step + i) % 3 for i in range(size)])


def run(name, nesterov, weight_decay, smoothing, gamma_l1):
    net = Net()
    start = 0
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(fill(parameter.numel(), start).reshape(parameter.shape))
            start += parameter.numel()
    sgd = torch.optim.SGD(net.parameters(), lr=0.125, momentum=0.9, weight_decay=weight_decay, nesterov=nesterov)
    losses = []
    for step in range(3):
        net.train()
        images, labels = batch(step)
        sgd.zero_grad()
        loss = nn.functional.cross_entropy(net(images), labels, label_smoothing=smoothing)
        loss.backward()
        for module in net.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.grad += gamma_l1 * torch.sign(module.weight.data)
        sgd.step()
        losses.append(loss.item())
    net.eval()
    flat = lambda tensor: tensor.detach().reshape(-1).tolist()
    return {
        "name": name,
        "nesterov": nesterov,
        "weightDecay": weight_decay,
        "labelSmoothing": smoothing,
        "gammaL1": gamma_l1,
        "losses": losses,
        "values": {k: flat(v) for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")},
        "momentum": {k: flat(sgd.state[p]["momentum_buffer"]) for k, p in net.named_parameters()},
        "evaluationLogits": flat(net(batch(0)[0])),
    }


print("[")
print(",\n".join(json.dumps(case) for case in (
    run("heavy ball", False, 0.0, 0.0, 0.0),
    run("nesterov with decay and smoothing", True, 0.01, 0.1, 0.0),
    run("heavy ball with decay and gamma push", False, 0.001, 0.0, 0.01))))
print("]")
