"""Updates of a network's weights in PyTorch; prints the losses and the seconds of each as JSON.

Arguments: folder with graph.json, weights.raw and windows.raw, as the trainer wrote them; classes; D; H; W; windows;
threads. Loss and optimiser are those of the trainer, said as PyTorch's users say them.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as functional


def run(kind, inputs, attributes):
    if kind == "Conv":
        return functional.conv3d(
            *inputs, stride=attributes.get("strides", 1), padding=attributes.get("pads", [0, 0, 0])[:3]
        )
    if kind == "InstanceNormalization":
        return functional.instance_norm(inputs[0], weight=inputs[1], bias=inputs[2], eps=1e-5)
    if kind == "LeakyRelu":
        return functional.leaky_relu(inputs[0], attributes["alpha"], inplace=True)
    if kind == "Resize":
        scale = inputs[-1].tolist()[2:]
        return functional.interpolate(inputs[0], scale_factor=scale, mode="nearest")
    if kind == "AveragePool":
        return functional.avg_pool3d(inputs[0], attributes["kernel_shape"], attributes["strides"])
    if kind == "Concat":
        return torch.cat(inputs, 1)
    if kind == "Add":
        return inputs[0] + inputs[1]
    raise SystemExit("no " + kind + " here")


def forward(graph, weights, image):
    values = dict(weights)
    values[graph["input"]] = image
    for node in graph["nodes"]:
        inputs = [values[name] for name in node["inputs"] if name]
        values[node["output"]] = run(node["operator"], inputs, node["attributes"])
    return [values[name] for name in graph["outputs"]]


def lost(logits, labels, classes):
    entropy = functional.cross_entropy(logits, labels)
    probability = torch.softmax(logits, 1).flatten(2)[0]
    truth = functional.one_hot(labels.flatten(), classes).T.float()
    both = (probability * truth).sum(1)
    either = probability.sum(1) + truth.sum(1)
    dice = (2 * both + 10) / (either + 10)
    return entropy + 1 - dice[1:].mean()


def loss_of(outputs, labels, classes):
    total, share, shares = lost(outputs[0], labels, classes), 1.0, 1.0
    for coarser in outputs[1:]:
        share /= 2
        shares += share
        steps = [fine // coarse for fine, coarse in zip(labels.shape[1:], coarser.shape[2:])]
        small = labels[:, steps[0] // 2 :: steps[0], steps[1] // 2 :: steps[1], steps[2] // 2 :: steps[2]]
        total = total + share * lost(coarser, small, classes)
    return total / shares


def main():
    folder, classes, depth, height, width, count, threads = sys.argv[1:8]
    torch.set_num_threads(int(threads))
    classes = int(classes)
    shape = (int(depth), int(height), int(width))
    voxels = shape[0] * shape[1] * shape[2]
    with open(folder + "/graph.json", encoding="utf-8") as file:
        graph = json.load(file)
    raw = np.fromfile(folder + "/weights.raw", np.float32)
    weights, trained, at = {}, [], 0
    for one in graph["weights"]:
        size = int(np.prod(one["shape"]))
        weights[one["name"]] = torch.from_numpy(raw[at : at + size].reshape(one["shape"]).copy()).requires_grad_()
        trained.append(weights[one["name"]])
        at += size
    for name, values in graph["constants"].items():
        weights[name] = torch.tensor(values)
    optimiser = torch.optim.Adam(trained, lr=1e-4)
    windows = np.fromfile(folder + "/windows.raw", np.uint8).reshape(int(count), voxels * 5)
    losses, seconds = [], []
    for window in windows:
        values = window[: voxels * 4].view(np.float32).reshape(1, 1, *shape)
        labels = window[voxels * 4 :].reshape(1, *shape)
        began = time.perf_counter()
        loss = loss_of(
            forward(graph, weights, torch.from_numpy(values)), torch.from_numpy(labels.astype(np.int64)), classes
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 5)
        optimiser.step()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"losses": losses, "seconds": seconds, "torch": torch.__version__}))


main()
