package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.Volume;

/**
 * The headers of one series: what it is, whether it can be read as a volume, and the volume.
 *
 * <p>Survey first, read later: {@link #of} touches no pixel. Whatever the order of the instances,
 * the slices come in the order of their positions. Immutable; safe to share between threads.
 *
 * @see "PS3.3 C.7.6.2, C.7.6.16"
 */
public final class SeriesSurvey {
  private static final int[] SEQUENCE_TAGS = {
    Tag.SequenceName,
    Tag.PulseSequenceName,
    Tag.ScanningSequence,
    Tag.SequenceVariant,
    Tag.ScanOptions,
    Tag.ProtocolName
  };

  private final SeriesDescription description;
  private final Attributes header;
  private final Optional<StudyRefused> refusal;
  private final Optional<SeriesGrid> grid;
  private final List<InstanceSurvey> instances;

  private SeriesSurvey(
      SeriesDescription description,
      Attributes header,
      Optional<StudyRefused> refusal,
      Optional<SeriesGrid> grid,
      List<InstanceSurvey> instances) {
    this.description = description;
    this.header = header;
    this.refusal = refusal;
    this.grid = grid;
    this.instances = instances;
  }

  /**
   * Reads the headers of all instances of one series.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if an instance is not DICOM or lacks a UID, so that
   *     there is nothing to describe; every other refusal is in {@link #refusal}
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if a source cannot be read
   * @throws IllegalArgumentException if there is no instance, or they are not of one series
   */
  public static SeriesSurvey of(List<InstanceSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a series has at least one instance");
    }
    var headers = new HeaderSurvey[sources.size()];
    List<Integer> all = IntStream.range(0, headers.length).boxed().toList();
    InParallel.forEach(all, i -> headers[i] = HeaderSurvey.of(sources.get(i), i == 0));
    StudyReference reference = requireOneSeries(headers);
    List<InstanceSurvey> instances =
        Arrays.stream(headers).flatMap(header -> header.survey().stream()).toList();
    Optional<StudyRefused> refusal =
        Arrays.stream(headers).flatMap(header -> header.refusal().stream()).findFirst();
    Optional<SeriesGrid> grid = Optional.empty();
    if (refusal.isEmpty()) {
      try {
        grid = Optional.of(SeriesGrid.of(reference.series(), instances));
      } catch (StudyRefused e) {
        refusal = Optional.of(e);
      }
    }
    Attributes header = headers[0].header().orElseThrow();
    return new SeriesSurvey(
        description(reference, header, headers.length, instances, grid),
        header,
        refusal,
        grid,
        instances);
  }

  private static StudyReference requireOneSeries(HeaderSurvey[] headers) {
    StudyReference first = headers[0].identity().reference();
    for (HeaderSurvey header : headers) {
      if (!header.identity().reference().equals(first)) {
        throw new IllegalArgumentException(
            "instances of one series expected, found "
                + first
                + " and "
                + header.identity().reference());
      }
    }
    return first;
  }

  public SeriesDescription description() {
    return description;
  }

  /** From where the size of the pixels is known; NONE if the series cannot be read as a volume. */
  public ImageCalibration calibration() {
    return grid.map(SeriesGrid::calibration).orElse(ImageCalibration.NONE);
  }

  /**
   * Why the series cannot be read as a volume of grey values; empty if it can, short of damage in
   * the pixel data, which only reading finds.
   *
   * <p>Codes: LOCALIZER, MIXED_ORIENTATIONS, MIXED_FORMATS, DUPLICATE_POSITIONS, GANTRY_TILT,
   * MISSING_SLICES, IRREGULAR_SPACING, TOO_FEW_SLICES (a single positioned slice),
   * NO_PATIENT_GEOMETRY (several instances without positions), NOT_AN_IMAGE, NO_PIXEL_DATA,
   * UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_PIXEL_FORMAT, MALFORMED_INSTANCE, TOO_LARGE,
   * COLOUR_IMAGE (see {@link #readLuminance}).
   */
  public Optional<StudyRefused> refusal() {
    if (refusal.isEmpty() && description.colour()) {
      return Optional.of(
          new StudyRefused(
              ReasonCode.COLOUR_IMAGE,
              "series " + description.reference().series() + " is in colour"));
    }
    return refusal;
  }

  /**
   * Reads the pixels into a volume of rescaled values.
   *
   * @throws StudyRefused what {@link #refusal} has, or DAMAGED_PIXEL_DATA
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if a source cannot be read
   */
  public SeriesImage read() {
    refusal().ifPresent(SeriesSurvey::refuse);
    return readFrames();
  }

  /**
   * The slices of a grey series, to be read one by one; none if a value means something else in one
   * slice than in another, or has more than 16 bits.
   *
   * @throws StudyRefused what {@link #refusal} has
   */
  public Optional<StoredSlices> slices() {
    refusal().ifPresent(SeriesSurvey::refuse);
    SeriesGrid known = grid.orElseThrow();
    var volume = new SeriesVolume(known, instances);
    return volume.storedAs().map(as -> new StoredSlices(known.geometry(), volume, as, instances));
  }

  /**
   * Reads a grey or colour series; of colour, the luminance (Y of ITU-R BT.601, 0 to 255). Colour
   * is never turned to grey unless it is asked for by this method: in Doppler ultrasound colour is
   * flow.
   *
   * @throws StudyRefused as {@link #read}, but not COLOUR_IMAGE; a palette is
   *     UNSUPPORTED_PIXEL_FORMAT
   */
  public SeriesImage readLuminance() {
    refusal.ifPresent(SeriesSurvey::refuse);
    return readFrames();
  }

  /**
   * Reads red, green and blue of every voxel of a colour series, side by side, in the order slice,
   * row, column.
   *
   * @throws StudyRefused as {@link #readLuminance}; UNSUPPORTED_PIXEL_FORMAT if it is grey
   */
  public byte[] readColour() {
    refusal.ifPresent(SeriesSurvey::refuse);
    return new SeriesColour(grid.orElseThrow(), instances).read();
  }

  /**
   * What its values are, for showing them.
   *
   * @throws StudyRefused as {@link #readLuminance}, short of damage in the pixel data
   */
  public ImageMedia media() {
    refusal.ifPresent(SeriesSurvey::refuse);
    var firstAcquisition =
        instances.stream()
            .flatMap(instance -> instance.acquired().stream())
            .min(Comparator.naturalOrder());
    var first = new Elements(header, "series " + description.reference().series());
    // The toolkit decodes values in place when they are read.
    synchronized (header) {
      return new MediaReading(first, grid.orElseThrow(), instances.get(0)).read(firstAcquisition);
    }
  }

  /**
   * The series as what is made of it refers to it, grey or in colour, without reading a pixel.
   *
   * @throws StudyRefused as {@link #readLuminance}, short of damage in the pixel data
   */
  public SourceSeries source() {
    refusal.ifPresent(SeriesSurvey::refuse);
    return source(grid.orElseThrow());
  }

  private SeriesImage readFrames() {
    SeriesGrid known = grid.orElseThrow();
    Volume volume = new SeriesVolume(known, instances).read();
    return new SeriesImage(volume, source(known), description);
  }

  private SourceSeries source(SeriesGrid known) {
    GridGeometry geometry = known.geometry();
    List<SourceFrame> frames = new ArrayList<>();
    for (int slice = 0; slice < known.slices().size(); slice++) {
      SurveyedFrame frame = known.slices().get(slice);
      frames.add(
          new SourceFrame(
              frame.instance(),
              instances.get(0).sopClass(),
              frame.frameNumber(),
              frame.plane().map(ImagePlane::position).orElse(null)));
    }
    return new SourceSeries(description.reference(), geometry, frames, header);
  }

  private static void refuse(StudyRefused refusal) {
    // A new one each time, so that its stack trace is that of the caller.
    throw new StudyRefused(refusal.code(), String.valueOf(refusal.getMessage()), refusal);
  }

  private static SeriesDescription description(
      StudyReference reference,
      Attributes header,
      int all,
      List<InstanceSurvey> instances,
      Optional<SeriesGrid> grid) {
    var first = new Elements(header, "series " + reference.series());
    String photometric = first.text(Tag.PhotometricInterpretation).orElse("MONOCHROME2");
    List<SurveyedFrame> frames =
        instances.stream().flatMap(instance -> instance.frames().stream()).toList();
    boolean positioned =
        !frames.isEmpty() && frames.stream().allMatch(frame -> frame.plane().isPresent());
    return new SeriesDescription(
        reference,
        first.text(Tag.Modality).orElse(""),
        first.text(Tag.BodyPartExamined).orElse(""),
        first.text(Tag.SeriesDescription).orElse(""),
        first.texts(Tag.ImageType),
        !photometric.toUpperCase(Locale.ROOT).startsWith("MONOCHROME"),
        positioned,
        // An instance that could not be surveyed counts for at least one.
        frames.size() + all - instances.size(),
        acquisition(header, first, grid));
  }

  private static Acquisition acquisition(
      Attributes header, Elements first, Optional<SeriesGrid> grid) {
    List<String> sequence =
        IntStream.of(SEQUENCE_TAGS)
            .boxed()
            .flatMap(tag -> first.texts(tag).stream())
            .filter(value -> !value.isEmpty())
            .toList();
    boolean contrast =
        first.text(Tag.ContrastBolusAgent).isPresent()
            || header.getNestedDataset(Tag.ContrastBolusAgentSequence) != null;
    return new Acquisition(
        sequence,
        contrast,
        first.text(Tag.StationName).orElse(""),
        grid.map(SeriesGrid::geometry).filter(known -> known.space().isPatient()).orElse(null));
  }
}
