package org.firstpass.fuzz.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectChecker;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.StructureSet;
import org.firstpass.dicom.StructureSetReader;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.pixel.RunLengthFrame;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.dicom.web.FrameRendering;
import org.firstpass.dicom.web.InstanceFrames;
import org.firstpass.dicom.web.InstanceTranscoder;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.dicom.web.Rendering;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.fuzz.FuzzTarget;
import org.firstpass.fuzz.Limits;

/** The readers of room {@code dicom}, each a target. */
public final class FileTargets {
  private static final Rendering PNG =
      new Rendering(Rendering.Format.PNG, Optional.empty(), Optional.empty(), OptionalInt.empty());

  private FileTargets() {}

  /** What a reader does with an input. */
  private interface Reading {
    void read(byte[] input) throws Exception;
  }

  /** A reader as a target. */
  private record Reader(String name, Supplier<List<byte[]>> made, Reading reading)
      implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
      return made.get();
    }

    @Override
    public void run(byte[] input) throws Exception {
      reading.read(input);
    }

    @Override
    public Limits limits(byte[] input) {
      boolean deflated =
          new String(input, StandardCharsets.ISO_8859_1).contains(SampleImage.DEFLATED);
      return deflated ? Limits.DEFLATED : Limits.USUAL;
    }
  }

  /**
   * A reader behind a file that parses: the first byte of an input says which, the rest are edits.
   */
  private record ReaderOfEdited(String name, List<EditedFile> files, Reading reading)
      implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
      return IntStream.range(0, files.size())
          .boxed()
          .flatMap(
              i ->
                  Stream.of(
                      new byte[] {i.byteValue()}, new byte[] {i.byteValue(), 2, 0, 9, 2, 0, 50}))
          .toList();
    }

    @Override
    public void run(byte[] input) throws Exception {
      int which = input.length == 0 ? 0 : (input[0] & 0xff) % files.size();
      ByteBuffer edits =
          ByteBuffer.wrap(input, Math.min(1, input.length), Math.max(0, input.length - 1));
      reading.read(files.get(which).with(edits));
    }

    @Override
    public int longestInput() {
      return 1 << 10;
    }
  }

  public static List<FuzzTarget> all() {
    return List.of(
        edited("series-values", SampleImage.explicit(), FileTargets::series),
        edited("web-values", SampleImage.explicit(), FileTargets::web),
        edited("segmentation-values", SampleFiles.segmentations(), FileTargets::segmentation),
        edited(
            "structure-set-values", List.of(SampleFiles.structureSet()), FileTargets::structureSet),
        edited("checker-values", objects(), input -> ObjectChecker.check(source(input))),
        reader("header", FileTargets::images, input -> InstanceHeader.read(source(input))),
        reader("series", FileTargets::images, FileTargets::series),
        reader("elements", FileTargets::everything, FileTargets::elements),
        reader("web", FileTargets::images, FileTargets::web),
        reader("segmentation", SampleFiles::segmentations, FileTargets::segmentation),
        reader(
            "structure-set", () -> List.of(SampleFiles.structureSet()), FileTargets::structureSet),
        reader("run-length", FileTargets::runLengthFrames, FileTargets::runLength),
        reader("jpeg", () -> List.of(SampleImage.jpegCodestream()), FileTargets::jpeg),
        reader("checker", FileTargets::objects, input -> ObjectChecker.check(source(input))),
        reader("dicom-json", FileTargets::json, FileTargets::dicomJson));
  }

  private static FuzzTarget reader(String name, Supplier<List<byte[]>> seeds, Reading reading) {
    return new Reader(name, seeds, reading);
  }

  private static FuzzTarget edited(String name, List<byte[]> files, Reading reading) {
    return new ReaderOfEdited(name, files.stream().map(EditedFile::of).toList(), reading);
  }

  private static InstanceSource source(byte[] file) {
    return SampleFiles.source(file);
  }

  /** Alone, and as the first slice of a series of three. */
  private static void series(byte[] input) {
    InstanceHeader header = InstanceHeader.read(source(input));
    List<InstanceSource> sources = new ArrayList<>(List.of(source(input)));
    List<byte[]> slices = Slices.CT;
    InstanceHeader other = InstanceHeader.read(source(slices.get(1)));
    if (header.reference().equals(other.reference())) {
      sources.add(source(slices.get(1)));
      sources.add(source(slices.get(2)));
    }
    SeriesSurvey.of(sources).readLuminance();
  }

  private static void elements(byte[] input) {
    StoredDataSet.with(
        source(input),
        stored -> {
          ElementReader in = stored.elements();
          Token token = in.next();
          while (token != Token.END) {
            if (token == Token.ELEMENT && in.length() < input.length) {
              in.value();
            }
            token = in.next();
          }
          return true;
        });
  }

  /** All that the DICOMweb server does with a stored instance. */
  private static void web(byte[] input) throws IOException {
    InstanceSource source = source(input);
    List<StudyRefused> refusals = new ArrayList<>();
    try (var array = new DicomJson.Array(OutputStream.nullOutputStream())) {
      attempt(refusals, () -> array.add(source, "http://x"));
    }
    attempt(refusals, () -> DicomJson.header(source, tag -> true));
    attempt(refusals, () -> InstanceTranscoder.write(source, OutputStream.nullOutputStream()));
    attempt(
        refusals,
        () ->
            InstanceFrames.read(source, new TreeSet<>(List.of(1, 2)), true, (number, frame) -> {}));
    attempt(refusals, () -> FrameRendering.render(source, 1, PNG));
    if (!refusals.isEmpty()) {
      throw refusals.get(refusals.size() - 1);
    }
  }

  private static void attempt(List<StudyRefused> refusals, Runnable reading) {
    try {
      reading.run();
    } catch (StudyRefused e) {
      refusals.add(e);
    }
  }

  private static void segmentation(byte[] input) {
    Segmentation segmentation = SegmentationReader.read(source(input));
    segmentation.voxelsPerSegment();
    segmentation.statedSegments().stream()
        .limit(3)
        .forEach(each -> segmentation.mask(each.segment().number(), SampleFiles.GRID));
    segmentation.overlaps(SampleFiles.GRID);
    segmentation.toLabelMap(SampleFiles.GRID, SampleFiles.SCHEMA);
  }

  private static void structureSet(byte[] input) {
    StructureSet structures = StructureSetReader.read(source(input));
    structures.regions().stream()
        .limit(3)
        .forEach(region -> structures.mask(region.number(), SampleFiles.GRID));
    structures.toLabelMap(SampleFiles.GRID, SampleFiles.SCHEMA);
  }

  /** The first two bytes say how many segments and pixels there must be. */
  private static void runLength(byte[] input) {
    if (input.length < 2) {
      throw new StudyRefused(ReasonCode.DAMAGED_PIXEL_DATA, "no input");
    }
    int segments = input[0] & 0x0f;
    int pixels = 1 + (input[1] & 0xff);
    byte[] frame = Arrays.copyOfRange(input, 2, input.length);
    RunLengthFrame checked =
        RunLengthFrame.of(
            frame, segments, pixels, what -> new StudyRefused(ReasonCode.DAMAGED_PIXEL_DATA, what));
    byte[] target = new byte[segments * pixels];
    for (int segment = 0; segment < segments; segment++) {
      checked.expand(segment, target, segment, segments);
      checked.expand(segment, target, segment * pixels, 1);
    }
  }

  private static void jpeg(byte[] input) {
    InstanceSource source = source(SampleImage.jpeg(input));
    InstanceFrames.read(source, new TreeSet<>(List.of(1)), true, (number, frame) -> {});
  }

  private static void dicomJson(byte[] input) throws IOException {
    for (JsonDataSet set : JsonDataSet.read(new ByteArrayInputStream(input))) {
      set.write(uri -> Optional.of(source(new byte[300])), OutputStream.nullOutputStream());
    }
  }

  private static List<byte[]> images() {
    return Stream.concat(Slices.CT.stream().limit(1), SampleImage.all().stream()).toList();
  }

  private static List<byte[]> objects() {
    return Stream.concat(
            SampleFiles.segmentations().stream(),
            Stream.of(SampleFiles.structureSet(), SampleFiles.parametricMap()))
        .toList();
  }

  private static List<byte[]> everything() {
    return Stream.concat(images().stream(), objects().stream()).toList();
  }

  private static List<byte[]> runLengthFrames() {
    byte[] grey = SampleImage.colour();
    byte[] seed = new byte[2 + grey.length];
    seed[0] = 3;
    seed[1] = 19;
    System.arraycopy(grey, 0, seed, 2, grey.length);
    return List.of(seed);
  }

  private static List<byte[]> json() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] file : everything()) {
      var out = new ByteArrayOutputStream();
      try (var array = new DicomJson.Array(out)) {
        array.add(source(file), "http://x");
      } catch (IOException | StudyRefused e) {
        continue;
      }
      seeds.add(out.toByteArray());
    }
    seeds.add(
        """
        [{"00080016":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},\
        "00080018":{"vr":"UI","Value":["2.25.1"]},"00280010":{"vr":"US","Value":[4]},\
        "00720080":{"vr":"SV","Value":["-9223372036854775808",1]},\
        "00081140":{"vr":"SQ","Value":[null,{"00081150":{"vr":"AT","Value":["00080018"]}}]},\
        "00100010":{"vr":"PN","Value":[{"Alphabetic":"A^B","Ideographic":"C"}]},\
        "00281052":{"vr":"DS","Value":[1.5e-3,"7"]},"7FE00010":{"vr":"OW","InlineBinary":"AAECAw=="}}]
        """
            .getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  /** Made once: the series target reads two of them with every input. */
  private static final class Slices {
    static final List<byte[]> CT = SampleFiles.ct();
  }
}
