"""nnU-Net v2's sliding window with ONNX Runtime, NumPy and SciPy: placement, importance, mirroring.

Arguments: network.onnx, input.npy (channels, D, H, W), output.npy, patch D,H,W, step, mirror axes
such as 0,1,2 or none. Sums are float64.
"""

import itertools
import math
import sys

import numpy as np
import onnxruntime
from scipy.ndimage import gaussian_filter


def importance(patch):
    impulse = np.zeros(patch)
    impulse[tuple(n // 2 for n in patch)] = 1
    blurred = gaussian_filter(impulse, [n / 8 for n in patch], 0, mode="constant", cval=0)
    weights = (blurred / blurred.max() * 10).astype(np.float16)
    weights[weights == 0] = weights[weights != 0].min()
    return weights.astype(np.float64)


def starts(size, patch, step):
    steps = math.ceil((size - patch) / (patch * step)) + 1
    if steps == 1:
        return [0]
    return [int(np.round((size - patch) / (steps - 1) * i)) for i in range(steps)]


def main():
    network, source, target, patch, step, axes = sys.argv[1:7]
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    patch = [int(n) for n in patch.split(",")]
    axes = [] if axes == "none" else [int(a) + 2 for a in axes.split(",")]
    image = np.load(source).astype(np.float32)
    missing = [max(0, n - size) for n, size in zip(patch, image.shape[1:])]
    before = [n // 2 for n in missing]
    padding = [(0, 0)] + [(b, n - b) for b, n in zip(before, missing)]
    padded = np.pad(image, padding)
    subsets = [s for n in range(len(axes) + 1) for s in itertools.combinations(axes, n)]
    weights = importance(patch)
    total = None
    counted = np.zeros(padded.shape[1:])
    places = [starts(size, n, float(step)) for size, n in zip(padded.shape[1:], patch)]
    for start in itertools.product(*places):
        box = tuple(slice(s, s + n) for s, n in zip(start, patch))
        window = padded[(slice(None), *box)][None]
        answer = 0
        for subset in subsets:
            turned = np.ascontiguousarray(np.flip(window, subset))
            answer = answer + np.flip(session.run(None, {name: turned})[0], subset)
        answer = answer[0].astype(np.float64) / len(subsets)
        if total is None:
            total = np.zeros((answer.shape[0], *padded.shape[1:]))
        total[(slice(None), *box)] += answer * weights
        counted[box] += weights
    result = total / counted
    kept = tuple(slice(b, b + size) for b, size in zip(before, image.shape[1:]))
    np.save(target, result[(slice(None), *kept)].astype(np.float32))


main()
