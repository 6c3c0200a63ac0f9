"""Asks nnU-Net itself whether a folder of raw data is sound."""

import sys

from nnunetv2.experiment_planning.verify_dataset_integrity import verify_dataset_integrity

if __name__ == "__main__":
    verify_dataset_integrity(sys.argv[1], num_processes=1)
    print("sound")
