"""MONAI's sliding window in PyTorch; prints who ran it and the seconds.

Arguments: network.onnx, its answer to one window (float32: the window, then its logits), values (float32, slice, row,
column), their size (slices, rows and columns joined by x), window, windows per call, threads. The network is put
together from the ONNX file's weights and must give the same answer first. With MONAI installed its own function
runs; otherwise the same steps in plain PyTorch.
"""

import itertools
import sys
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as functional
from onnx import numpy_helper

CHANNELS = 3
SAME = 1e-3


class Network:
    """The graph, node by node."""

    def __init__(self, file):
        graph = onnx.load(file).graph
        self.weights = {
            each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer
        }
        self.nodes = [
            (
                node.op_type,
                list(node.input),
                node.output[0],
                {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute},
            )
            for node in graph.node
        ]
        self.input = graph.input[0].name
        self.output = graph.output[0].name
        self.last = {name: at for at, node in enumerate(self.nodes) for name in node[1]}

    def __call__(self, window):
        values = dict(self.weights)
        values[self.input] = window
        for at, (kind, inputs, output, attributes) in enumerate(self.nodes):
            values[output] = run(kind, [values[name] for name in inputs], attributes)
            for name in inputs:
                if self.last[name] == at and name not in self.weights:
                    values.pop(name, None)
        return values[self.output]


def run(kind, inputs, attributes):
    if kind == "Identity":
        return inputs[0]
    if kind == "Conv":
        return functional.conv3d(
            *inputs,
            stride=attributes.get("strides", 1),
            padding=half(attributes),
            groups=attributes.get("group", 1),
        )
    if kind == "ConvTranspose":
        return functional.conv_transpose3d(
            *inputs,
            stride=attributes.get("strides", 1),
            padding=half(attributes),
            output_padding=attributes.get("output_padding", 0),
        )
    if kind == "InstanceNormalization":
        return functional.instance_norm(
            inputs[0], weight=inputs[1], bias=inputs[2], eps=attributes.get("epsilon", 1e-5)
        )
    if kind == "LeakyRelu":
        # As the frameworks' networks do it.
        return functional.leaky_relu_(inputs[0], attributes.get("alpha", 0.01))
    if kind == "Concat":
        return torch.cat(inputs, attributes["axis"])
    if kind == "Add":
        return inputs[0] + inputs[1]
    raise SystemExit("no " + kind + " here")


def half(attributes):
    pads = attributes.get("pads", [0] * 6)
    return pads[: len(pads) // 2]


def importance(edge):
    x = torch.arange(-(edge - 1) / 2.0, (edge - 1) / 2.0 + 1)
    bell = torch.exp(x**2 / (-2 * (edge * 0.125) ** 2))
    weights = bell[:, None, None] * bell[None, :, None] * bell[None, None, :]
    return weights.clamp_(min=max(weights.min().item(), 1e-3))


def starts(size, edge):
    interval = edge if size == edge else max(int(edge * 0.5), 1)
    places = list(range(0, max(size - edge, 0), interval))
    return places + [size - edge]


def plain(volume, edge, batch, network):
    """What sliding_window_inference does, without its padding, devices and progress bar."""
    weights = importance(edge)
    total = torch.zeros((1, CHANNELS, *volume.shape[2:]))
    counted = torch.zeros((1, 1, *volume.shape[2:]))
    boxes = [
        tuple(slice(start, start + edge) for start in place)
        for place in itertools.product(*[starts(size, edge) for size in volume.shape[2:]])
    ]
    for at in range(0, len(boxes), batch):
        group = boxes[at : at + batch]
        windows = torch.cat([volume[(slice(None), slice(None), *box)] for box in group])
        answer = network(windows)
        for box, each in zip(group, answer):
            total[(0, slice(None), *box)] += each * weights
            counted[(0, 0, *box)] += weights
    return total / counted


def main():
    file, check, values, size, edge, batch, threads = sys.argv[1:8]
    torch.set_num_threads(int(threads))
    edge = int(edge)
    network = Network(file)
    voxels = edge**3
    known = np.fromfile(check, np.float32)
    window = torch.from_numpy(known[:voxels].reshape(1, 1, edge, edge, edge))
    logits = torch.from_numpy(known[voxels:].reshape(1, CHANNELS, edge, edge, edge))
    shape = [int(n) for n in size.split("x")]
    volume = torch.from_numpy(np.fromfile(values, np.float32).reshape(1, 1, *shape))
    try:
        from monai.inferers import sliding_window_inference

        who = "MONAI"

        def slide():
            return sliding_window_inference(
                volume, (edge,) * 3, int(batch), network, overlap=0.5, mode="gaussian", sigma_scale=0.125
            )

    except ImportError:
        who = "plain PyTorch"

        def slide():
            return plain(volume, edge, int(batch), network)

    with torch.inference_mode():
        answer = network(window)
        difference = ((answer - logits).abs().max() / (logits.max() - logits.min())).item()
        if not difference <= SAME:
            raise SystemExit(f"another network: differs by {difference} of the range")
        began = time.perf_counter()
        slide()
        print(who + ";" + str(time.perf_counter() - began))


main()
