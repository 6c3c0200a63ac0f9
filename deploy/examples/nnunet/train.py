#!/usr/bin/env python3
"""nnU-Net v2 as a trainer of Firstpass: deploy/firstpass train --with deploy/examples/nnunet/train.py ...

Needs 'pip install nnunetv2 onnx' in the Python that runs it. The contract is in deploy/docs/learning.md.
nnU-Net trains from scratch; of --base only what the package says of its segments is used.
"""

import argparse
import inspect
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

CONFIGURATION = "3d_fullres"
ITERATIONS_PER_EPOCH = 250
# The lengths for which nnU-Net has a trainer of its own.
EPOCHS = [1, 5, 10, 20, 50, 100, 250, 500, 750, 2000, 4000, 8000]
STANDARD_EPOCHS = 1000
HERE = pathlib.Path(__file__).resolve().parent


def refuse(message):
    print(message, file=sys.stderr)
    sys.exit(1)


def tell(**progress):
    print(json.dumps(progress), flush=True)


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, help="not used: nnU-Net draws as it likes")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--device", choices=["cpu", "gpu"], default="gpu")
    return parser.parse_args(words)


def trainer_class(steps):
    """The shortest of nnU-Net's trainers that makes as many steps."""
    if steps is None:
        return "nnUNetTrainer"
    wanted = -(-steps // ITERATIONS_PER_EPOCH)
    enough = [epochs for epochs in EPOCHS if epochs >= wanted]
    return "nnUNetTrainer_%d%s" % (enough[0], "epoch" if enough[0] == 1 else "epochs") if enough else "nnUNetTrainer"


def epochs_of(trainer):
    found = re.search(r"_(\d+)epoch", trainer)
    return int(found.group(1)) if found else STANDARD_EPOCHS


class Home:
    """nnU-Net's three folders, beside the package to be: they stay when a training is stopped."""

    def __init__(self, out, dataset):
        self.root = out.resolve().parent / (out.name + ".nnunet")
        folders = sorted(dataset.glob("Dataset[0-9][0-9][0-9]_*"))
        if len(folders) != 1:
            refuse("%s must have one folder Dataset<number>_<name>, but has %d" % (dataset, len(folders)))
        self.source = folders[0]
        self.number = self.source.name[len("Dataset"):][:3]
        self.raw = self.root / "raw" / self.source.name
        self.preprocessed = self.root / "preprocessed" / self.source.name
        self.results = self.root / "results" / self.source.name

    def environment(self):
        return dict(
            os.environ,
            nnUNet_raw=str(self.raw.parent),
            nnUNet_preprocessed=str(self.preprocessed.parent),
            nnUNet_results=str(self.results.parent),
        )

    def prepare(self):
        """Images and labels as links; nothing of the test side."""
        self.raw.mkdir(parents=True, exist_ok=True)
        for name in ["imagesTr", "labelsTr", "dataset.json"]:
            link = self.raw / name
            if not link.exists():
                link.symlink_to((self.source / name).resolve())

    def split(self):
        """Firstpass splits by patient; nnU-Net would make five folds that know no patients."""
        shutil.copy(self.source / "splits_final.json", self.preprocessed / "splits_final.json")

    def model(self, trainer):
        return self.results / ("%s__nnUNetPlans__%s" % (trainer, CONFIGURATION))


def run(command, home, deadline=None, told=None):
    """Runs one of nnU-Net's programs; passes a stop on, and stops it when the time is over."""
    process = subprocess.Popen(command, env=home.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def stop(signum, frame):
        process.terminate()
        process.wait()
        sys.exit(128 + signum)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    late = False
    for line in process.stdout:
        print(line, end="", file=sys.stderr)
        if told:
            told(line)
        if deadline and time.monotonic() > deadline:
            late = True
            process.terminate()
            break
    status = process.wait()
    if status != 0 and not late:
        refuse("%s ended with status %d" % (command[0], status))


class Epochs:
    """What nnU-Net prints of each epoch, as the contract's lines."""

    def __init__(self, epochs):
        self.epochs = epochs
        self.began = time.monotonic()
        self.first = None
        self.now = 0
        self.loss = None
        self.dice = None

    def line(self, text):
        found = re.search(r"Epoch (\d+)\s*$", text)
        if found:
            self.now = int(found.group(1))
            self.first = self.now if self.first is None else self.first
        found = re.search(r"train_loss (-?[\d.]+)", text)
        if found:
            self.loss = float(found.group(1))
        found = re.search(r"Pseudo dice \[(.*)\]", text)
        if found:
            values = [float(value) for value in re.findall(r"(?<![\w.])[01]?\.\d+|(?<![\w.])[01](?![\w.])", found.group(1))]
            self.dice = sum(values) / len(values) if values else None
        if "Epoch time" in text:
            done = self.now - self.first + 1
            left = (time.monotonic() - self.began) / done * (self.epochs - self.now - 1)
            progress = {"step": (self.now + 1) * ITERATIONS_PER_EPOCH, "steps": self.epochs * ITERATIONS_PER_EPOCH}
            if self.loss is not None:
                progress["loss"] = self.loss
            if self.dice is not None:
                progress["validationDice"] = self.dice
            tell(secondsLeft=round(left), **progress)


def export(model, patch, onnx):
    """The network of the best checkpoint, without deep supervision; the axes along which it may be mirrored."""
    try:
        import torch
        from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor
    except ImportError as missing:
        refuse("%s: 'pip install nnunetv2 onnx' in the Python that runs this" % missing)
    checkpoint = "checkpoint_best.pth" if (model / "fold_0" / "checkpoint_best.pth").exists() else "checkpoint_final.pth"
    predictor = nnUNetPredictor(device=torch.device("cpu"))
    predictor.initialize_from_trained_model_folder(str(model), use_folds=(0,), checkpoint_name=checkpoint)
    network = predictor.network
    network.load_state_dict(predictor.list_of_parameters[0])
    network.eval()
    if hasattr(network, "decoder"):
        network.decoder.deep_supervision = False
    write_onnx(network, len(predictor.dataset_json["channel_names"]), patch, onnx)
    return predictor.allowed_mirroring_axes


def write_onnx(network, channels, patch, onnx):
    import numpy
    import torch

    example = torch.rand(1, channels, *patch)
    with torch.no_grad():
        answer = network(example)
    numpy.save(golden(onnx, "input"), example.numpy())
    numpy.save(golden(onnx, "output"), answer.numpy())
    # The newer exporter needs a package more, and nnU-Net does not bring it.
    known = inspect.signature(torch.onnx.export).parameters
    older = {"dynamo": False} if "dynamo" in known else {}
    torch.onnx.export(
        network,
        example,
        str(onnx),
        **older,
        opset_version=17,
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "n"}, "output": {0: "n"}},
    )


def golden(onnx, what):
    """What PyTorch answers to an example: the package has to answer the same on every machine."""
    return str(onnx.with_name("golden_%s.npy" % what))


def package(onnx, mirror, plans, arguments, dataset_json, workshop):
    """nnU-Net's plans as Firstpass imports them, with the segments of the base package."""
    firstpass = shlex.split(os.environ.get("FIRSTPASS", str(HERE.parent.parent / "firstpass")))
    base = json.loads((arguments.base / "manifest.json").read_text())
    shutil.rmtree(workshop, ignore_errors=True)
    words = ["--plans", plans, "--dataset-json", dataset_json, "--onnx", onnx, "--configuration", CONFIGURATION]
    words += ["--name", arguments.name, "--version", arguments.version, "--licence", base["about"]["licence"]]
    words += ["--modality", base["accepts"]["modalities"][0], "--into", workshop]
    words += ["--mirror", ",".join(str(axis) for axis in mirror) if mirror else "none"]
    if pathlib.Path(golden(onnx, "output")).exists():
        words += ["--golden-input", golden(onnx, "input"), "--golden-output", golden(onnx, "output")]
    firstpass_run(firstpass + ["model", "import", "nnunet"] + [str(word) for word in words])
    made = workshop / arguments.name / arguments.version
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["about"] = base["about"]
    manifest["accepts"] = base["accepts"]
    manifest["labels"] = labels(base["labels"], json.loads((arguments.dataset / "manifest.json").read_text()))
    (made / "manifest.json").write_text(json.dumps(manifest, indent=2))
    firstpass_run(firstpass + ["model", "seal", str(made)])
    made.rename(arguments.out)


def labels(of_base, exported):
    """Each segment of the base package at the channel that nnU-Net gave its label value."""
    channels = {label["segmentNumber"]: label["value"] for label in exported["labels"]}
    segments = []
    for segment in of_base["segments"]:
        number = segment["segment"]["number"]
        if number not in channels:
            refuse("the data set has no label for segment %d of the base package" % number)
        segments.append(dict(segment, channel=channels[number]))
    return dict(of_base, segments=segments)


def firstpass_run(command):
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        refuse("'firstpass %s' ended with status %d" % (" ".join(command[-2:]), done.returncode))


def main():
    args = arguments()
    if args.out.exists():
        refuse("%s is there already" % args.out)
    began = time.monotonic()
    deadline = began + 60 * args.minutes if args.minutes else None
    home = Home(args.out, args.dataset)
    home.prepare()
    # A plan that is there is kept: with it nnU-Net goes on where it was stopped.
    if not (home.preprocessed / "nnUNetPlans.json").exists():
        plan = ["nnUNetv2_plan_and_preprocess", "-d", home.number, "-c", CONFIGURATION, "--verify_dataset_integrity"]
        run(plan + ["-np", str(args.threads)], home)
    home.split()
    trainer = trainer_class(args.steps)
    model = home.model(trainer)
    train = ["nnUNetv2_train", home.number, CONFIGURATION, "0", "-tr", trainer]
    train += ["-device", "cuda" if args.device == "gpu" else "cpu"]
    if (model / "fold_0" / "checkpoint_latest.pth").exists():
        train.append("--c")
    if not (model / "fold_0" / "checkpoint_final.pth").exists():
        run(train, home, deadline, Epochs(epochs_of(trainer)).line)
    plans = home.preprocessed / "nnUNetPlans.json"
    patch = json.loads(plans.read_text())["configurations"][CONFIGURATION]["patch_size"]
    onnx = home.root / "fold_0.onnx"
    mirror = export(model, patch, onnx)
    package(onnx, mirror, plans, args, home.raw / "dataset.json", home.root / "packages")
    shutil.rmtree(home.root)


if __name__ == "__main__":
    main()
