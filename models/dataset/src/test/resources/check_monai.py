"""Loads every case of a data list with MONAI's own loader."""

import sys

import numpy
from monai.data import Dataset, load_decathlon_datalist
from monai.data.decathlon_datalist import check_missing_files
from monai.transforms import Compose, EnsureChannelFirstd, LoadImaged

if __name__ == "__main__":
    load = Compose([LoadImaged(keys=["image", "label"]), EnsureChannelFirstd(keys=["image", "label"])])
    for side in ("training", "validation", "test"):
        items = load_decathlon_datalist(sys.argv[1], True, side)
        assert not check_missing_files(items, ["image", "label"])
        for case in Dataset(items, load):
            assert case["image"].shape == case["label"].shape, case["case"]
            assert numpy.allclose(case["image"].affine, case["label"].affine), case["case"]
        print(side, len(items))
