"""Resizes values; prints the seconds.

Arguments: method, values (float32, slice, row, column), their size, the other size (slices, rows and columns joined by
x), output. Methods: skimage (nnU-Net's call), scipy (first voxel centres coincide), perslice (nnU-Net's for anisotropic
grids, across the slices), linear (skimage's order 1).
"""

import sys
import time

import numpy as np
from scipy.ndimage import affine_transform, map_coordinates
from skimage.transform import resize


def edge(values, size, order):
    return resize(values, size, order, mode="edge", anti_aliasing=False)


def per_slice(values, size):
    resized = np.stack([edge(each, size[1:], 3) for each in values])
    if len(values) == size[0]:
        return resized
    index = np.mgrid[: size[0], : size[1], : size[2]]
    scale = [before / after for before, after in zip(resized.shape, size)]
    positions = np.array([s * (i + 0.5) - 0.5 for s, i in zip(scale, index)])
    return map_coordinates(resized, positions, order=0, mode="nearest")


def main():
    method, source, before, after, target = sys.argv[1:6]
    size = tuple(int(length) for length in after.split("x"))
    values = np.fromfile(source, "<f4").reshape([int(length) for length in before.split("x")])
    began = time.perf_counter()
    values = values.astype(float)
    if method == "scipy":
        step = np.array(values.shape) / np.array(size)
        resized = affine_transform(values, step, output_shape=size, order=3, mode="nearest")
    elif method == "perslice":
        resized = per_slice(values, size)
    else:
        resized = edge(values, size, 3 if method == "skimage" else 1)
    resized = resized.astype(np.float32)
    seconds = time.perf_counter() - began
    resized.astype("<f4").tofile(target)
    print(seconds)


main()
