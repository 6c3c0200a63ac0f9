package org.firstpass.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;

/**
 * Cases in a folder: {@code labels/<case>.nii.gz} with {@code images/<case>.nii.gz}, or nnU-Net's
 * raw layout, {@code labelsTs/<case>.nii.gz} with {@code imagesTs/<case>_0000.nii.gz}. A case of
 * several channels has {@code <case>_0000}, {@code <case>_0001} and so on in either. Label values
 * are segment numbers of the package.
 */
public final class NiftiCases {
  private static final List<String> ENDINGS = List.of(".nii.gz", ".nii");

  private NiftiCases() {}

  /**
   * The cases of a folder, by name.
   *
   * @param channels how many each must have
   * @throws IllegalArgumentException if there are none, or one lacks an image
   */
  public static List<HeldOutCase> in(Path folder, int channels) {
    Path labels = oneOf(folder, "labels", "labelsTs");
    Path images = oneOf(folder, "images", "imagesTs");
    List<HeldOutCase> cases = new ArrayList<>();
    for (Path file : files(labels)) {
      String name = name(file);
      List<Path> inputs = inputs(images, name, channels);
      cases.add(new HeldOutCase(name, () -> load(name, inputs, file)));
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("there is no .nii.gz or .nii file in " + labels);
    }
    return cases;
  }

  private static HeldOutCase.Scan load(String name, List<Path> inputs, Path labels)
      throws IOException {
    // NIfTI knows none; what matters is that all files of a case have the same.
    var frame = new FrameOfReferenceUid(DicomUid.of(NameBasedUuid.of("held-out case", name)));
    List<Volume> channels = new ArrayList<>();
    for (Path input : inputs) {
      channels.add(NiftiReader.readVolume(input, frame));
    }
    return new HeldOutCase.Scan(channels, NiftiReader.readLabelMap(labels, frame));
  }

  private static List<Path> inputs(Path images, String name, int channels) {
    Optional<Path> single = found(images, name);
    if (channels == 1 && single.isPresent()) {
      return List.of(single.get());
    }
    List<Path> inputs = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      String numbered = "%s_%04d".formatted(name, channel);
      inputs.add(
          found(images, numbered)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "case "
                              + name
                              + " needs "
                              + channels
                              + " channels, but "
                              + images
                              + " has no "
                              + numbered
                              + ".nii.gz")));
    }
    return inputs;
  }

  private static Optional<Path> found(Path folder, String name) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Path oneOf(Path folder, String name, String ofNnUnet) {
    return Stream.of(name, ofNnUnet)
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    folder + " must have a folder " + name + " or " + ofNnUnet));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    String ending = ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
    return name.substring(0, name.length() - ending.length());
  }
}
