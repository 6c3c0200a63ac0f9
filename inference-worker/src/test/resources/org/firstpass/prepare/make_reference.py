"""Reference numbers for whole chains, computed apart from Firstpass.

    python make_reference.py        # needs numpy, scipy, scikit-image; writes beside itself

nnU-Net: crop to what is not zero, normalise, resample with skimage.transform.resize order 3 (slice
by slice and the nearest slice where anisotropic), and back: logits by order 1 (the same way),
choice, into the box. The order of steps, the epsilon, the mask and the rounding are those of
nnunetv2's default_preprocessor.py, cropping.py, default_normalization_schemes.py,
default_resampling.py and export_prediction.py; the code is our own.

MONAI: Orientation(RAS), Spacing(bilinear, border), ScaleIntensityRange, CropForeground, and back
as Invertd does without nearest interpolation. MONAI itself was not at hand: this is its documented
meaning (compute_shape_offset for the shape) in NumPy and SciPy, not its output.

All inputs are whole numbers or binary fractions, so that Java makes the very same ones.
"""

import gzip
import io
import os

import numpy as np
from scipy.ndimage import binary_fill_holes, map_coordinates
from skimage.transform import resize

HERE = os.path.dirname(os.path.abspath(__file__))
SHAPE = (13, 15, 17)  # slices, rows, columns


def volume(channel):
    z, y, x = np.mgrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]].astype(np.int64)
    rough = (x * x + 3 * y * z + 5 * z + 11 * channel * x) % 47
    values = 20 * rough - 400 + 8 * x - 5 * y + 3 * z
    # An ellipsoid off the centre, with a hole that only the second channel partly fills.
    inside = 4 * (x - 9) ** 2 + 5 * (y - 6) ** 2 + 7 * (z - 6) ** 2 < 120
    hole = (x - 9) ** 2 + (y - 6) ** 2 + (z - 6) ** 2 < 4 - channel
    values[~inside | hole] = 0
    return values.astype(np.float32)


def logits(channels, shape):
    z, y, x = np.mgrid[: shape[0], : shape[1], : shape[2]].astype(np.int64)
    return np.stack(
        [
            ((317 * k + 17 * z + 29 * y * (k + 1) + 13 * x + 7 * x * y * z) % 1009 - 504) / 128.0
            for k in range(channels)
        ]
    ).astype(np.float32)


def save(name, array):
    plain = io.BytesIO()
    np.save(plain, np.ascontiguousarray(array))
    with open(os.path.join(HERE, name + ".npy.gz"), "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            packed.write(plain.getvalue())


def separate_axis(current, target):
    """The axis across which slices are on their own, or None."""
    for spacing in (current, target):
        if max(spacing) / min(spacing) > 3:
            axes = np.where(max(spacing) / np.array(spacing) == 1)[0]
            return int(axes[0]) if len(axes) == 1 else None
    return None


def resample(array, shape, axis, order):
    if array.shape == tuple(shape):
        return array
    array = array.astype(float)
    how = dict(mode="edge", anti_aliasing=False)
    if axis is None:
        return resize(array, shape, order, **how)
    in_plane = [n for i, n in enumerate(shape) if i != axis]
    planes = [resize(plane, in_plane, order, **how) for plane in np.moveaxis(array, axis, 0)]
    stacked = np.stack(planes, axis)
    if stacked.shape[axis] == shape[axis]:
        return stacked
    scale = [a / b for a, b in zip(stacked.shape, shape)]
    grid = np.mgrid[tuple(slice(0, n) for n in shape)]
    at = np.array([s * (g + 0.5) - 0.5 for s, g in zip(scale, grid)])
    return map_coordinates(stacked, at, order=0, mode="nearest")


def nnunet(name, spacing, target, regions):
    data = np.stack([volume(0), volume(1)])
    mask = binary_fill_holes((data != 0).any(0))
    where = np.argwhere(mask)
    box = tuple(slice(a, b + 1) for a, b in zip(where.min(0), where.max(0)))
    data, mask = data[(slice(None), *box)], mask[box]
    # CTNormalization, then ZScoreNormalization with use_mask_for_norm.
    data[0] = (np.clip(data[0], -310, 420) - 55.5) / max(180.25, 1e-8)
    inside = data[1][mask]
    data[1][mask] = (inside - inside.mean()) / max(inside.std(), 1e-8)
    shape = [int(round(i / j * n)) for i, j, n in zip(spacing, target, data.shape[1:])]
    axis = separate_axis(spacing, target)
    prepared = np.stack([resample(c, shape, axis, 3) for c in data]).astype(np.float32)
    save(name + "-prepared", prepared)
    answer = logits(3, shape)
    axis = separate_axis(target, spacing)
    answer = np.stack([resample(c, data.shape[1:], axis, 1) for c in answer]).astype(np.float32)
    if regions:
        chosen = np.zeros(data.shape[1:], np.uint8)
        for channel, label in ((0, 1), (1, 2), (2, 3)):
            chosen[1 / (1 + np.exp(-answer[channel].astype(float))) > 0.5] = label
    else:
        chosen = answer.argmax(0).astype(np.uint8)
    labels = np.zeros(SHAPE, np.uint8)
    labels[box] = chosen
    save(name + "-labels", labels)
    print(name, "box", [(int(b.start), int(b.stop)) for b in box], "network", shape, "axis", axis, np.bincount(labels.ravel()))


def sampled(array, positions, order=1):
    at = np.stack(np.meshgrid(*positions, indexing="ij"))
    return map_coordinates(array.astype(float), at, order=order, mode="nearest")


def monai(name, spacing, target):
    """The series: slices grow to S, rows to P, columns to L; spacing along x, y, z."""
    ras = volume(0).transpose(2, 1, 0)[::-1, ::-1, :]
    shape = [
        int(np.round((n - 1) * s / t + 1.0)) for n, s, t in zip(ras.shape, spacing, target)
    ]
    steps = [np.arange(n) * t / s for n, s, t in zip(shape, spacing, target)]
    image = sampled(ras, steps)
    image = (image + 175) / (250 + 175) * (1.0 - 0.0) + 0.0
    image = np.clip(image, 0, 1).astype(np.float32)
    where = np.argwhere(image > 0.45)
    box = tuple(slice(a, b + 1) for a, b in zip(where.min(0), where.max(0)))
    save(name + "-prepared", image[box])
    whole = np.zeros((3, *shape), np.float32)
    whole[(slice(None), *box)] = logits(3, image[box].shape)
    back = [np.arange(n) * s / t for n, s, t in zip(ras.shape, spacing, target)]
    chosen = np.stack([sampled(c, back) for c in whole]).argmax(0).astype(np.uint8)
    # Only what lies between voxels of the crop: beyond, Invertd blends with the padding.
    known = np.ones(ras.shape, bool)
    for axis, (positions, part) in enumerate(zip(back, box)):
        inside = (positions >= part.start) & (positions <= part.stop - 1)
        known &= inside.reshape([-1 if i == axis else 1 for i in range(3)])
    chosen[~known] = 255
    save(name + "-labels", chosen[::-1, ::-1, :].transpose(2, 1, 0))
    print(name, "box", [(int(b.start), int(b.stop)) for b in box], "of", shape, np.unique(chosen, return_counts=True))


nnunet("nnunet-isotropic", (1.3, 0.9, 0.8), (1.0, 1.0, 1.1), regions=False)
nnunet("nnunet-anisotropic", (5.0, 0.9, 0.8), (4.0, 1.0, 1.1), regions=True)
nnunet("nnunet-sagittal", (0.9, 0.8, 4.5), (0.75, 1.0, 3.6), regions=False)
monai("monai", (0.8, 0.9, 1.3), (1.0, 1.0, 1.1))
