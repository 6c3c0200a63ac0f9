package org.firstpass.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.CaseArchive;
import org.firstpass.correction.CaseImages;
import org.firstpass.correction.CorrectedLabel;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.ImageOrigin;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.PriorImages;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.correction.ViewedImage;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.ContentQualification;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.dicom.ImagingCircumstances;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationProvenance;
import org.firstpass.dicom.SegmentationProvenance.Predecessor;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.dicom.StoredSlices;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.journal.Runs;
import org.firstpass.journal.RunsBuilder;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.DicomUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images and labels of proposals, from the object store; what was opened last stays in memory. */
final class StoredCases implements CaseImages, CaseArchive, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCases.class);
  private static final String DICOM = "application/dicom";

  private final ObjectStore store;
  private final CaseMemory memory;

  StoredCases(ObjectStore store, CaseMemory memory) {
    this.store = store;
    this.memory = memory;
  }

  @Override
  public ViewedImage image(ProposalMade proposal) {
    ViewedImage image = opened(proposal).image();
    image.content().fetch();
    memory.makeRoom(proposal.input().revisionHash());
    return image;
  }

  private OpenedCase opened(ProposalMade proposal) {
    return memory.get(
        proposal.input().revisionHash(), () -> read(revision(proposal.input().manifest())));
  }

  /** The image of the instances that are listed. */
  PriorImages.Shown shown(ObjectReference manifest) {
    SeriesRevision revision = revision(manifest);
    OpenedCase opened = memory.get(revision.hash(), () -> read(revision));
    return new PriorImages.Shown(opened.image(), opened.media());
  }

  private SeriesRevision revision(ObjectReference manifest) {
    return SeriesRevisionCodec.decode(store.read(manifest.digest()));
  }

  private OpenedCase read(SeriesRevision revision) {
    List<InstanceSource> instances =
        revision.instances().stream()
            .<InstanceSource>map(instance -> () -> store.open(instance.content()))
            .toList();
    SeriesSurvey survey = SeriesSurvey.of(instances);
    // A proposal of a colour series was made from its luminance.
    if (survey.description().colour()) {
      ViewedImage luminance = ViewedImage.of(survey.readLuminance().volume());
      var colour = new ByteContent(survey.readColour());
      return new OpenedCase(luminance, survey.source(), survey.media(), Optional.of(colour));
    }
    ViewedImage image =
        survey
            .slices()
            .map(slices -> arriving(slices, revision))
            .orElseGet(() -> ViewedImage.of(survey.read().volume()));
    return new OpenedCase(image, survey.source(), survey.media(), Optional.empty());
  }

  private ViewedImage arriving(StoredSlices slices, SeriesRevision revision) {
    return ViewedImage.arriving(
        slices,
        memory.readers(),
        failure -> {
          LOG.warn("series {} cannot be read to its end", revision.reference().series(), failure);
          memory.forget(revision.hash());
        });
  }

  @Override
  public ImageMedia media(ProposalMade proposal) {
    return opened(proposal).media();
  }

  @Override
  public Optional<ByteContent> colour(ProposalMade proposal) {
    return opened(proposal).colour();
  }

  /** The grid of the series that is corrected. */
  SourceSeries source(ProposalMade proposal) {
    return opened(proposal).source();
  }

  @Override
  public ByteContent labels(ProposalMade proposal) {
    return packedLabels(proposal.labels());
  }

  @Override
  public ByteContent labels(CorrectionRevision.Outcome outcome) {
    return packedLabels(outcome.labels());
  }

  /** Stored labels in gzip, as {@link SubmittedLabels} describes them. */
  ByteContent packedLabels(ObjectReference labels) {
    return memory.labels(labels.digest(), () -> packed(labelMap(labels)));
  }

  @Override
  public ByteContent labelRuns(ProposalMade proposal) {
    return labelRuns(proposal.labels());
  }

  @Override
  public ByteContent labelRuns(CorrectionRevision.Outcome outcome) {
    return labelRuns(outcome.labels());
  }

  /** The runs of stored labels, as {@link Runs} describes them. */
  ByteContent labelRuns(ObjectReference labels) {
    return new ByteContent(read(labels, StoredCases::runs).toBytes());
  }

  private static Runs runs(byte[] stored) {
    var runs = new RunsBuilder();
    LabelMapCodec.forEachRun(
        stored,
        (start, length, label) -> {
          if (label != 0) {
            runs.add(start, length, label);
          }
        });
    return runs.build();
  }

  LabelMap labelMap(ObjectReference labels) {
    return read(labels, LabelMapCodec::decode);
  }

  /** Where stored labels lie. */
  GridGeometry gridOf(ObjectReference labels) {
    return read(labels, LabelMapCodec::geometry);
  }

  private <T> T read(ObjectReference labels, Function<byte[], T> reading) {
    try {
      return reading.apply(store.read(labels.digest()));
    } catch (IllegalArgumentException e) {
      throw new Defect(ReasonCode.OBJECT_MISSING, "the labels " + labels + " are damaged", e);
    }
  }

  private static ByteContent packed(LabelMap labels) {
    var bytes = new ByteArrayOutputStream();
    try {
      SubmittedLabels.writeGzip(labels, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteContent(bytes.toByteArray());
  }

  @Override
  public void prepare(ProposalMade proposal) {
    memory.inBackground(() -> image(proposal));
  }

  @Override
  public void foresee(ProposalMade proposal) {
    memory.inBackground(() -> opened(proposal));
  }

  @Override
  public LabelMap proposedLabels(ProposalMade proposal) {
    return labelMap(proposal.labels());
  }

  @Override
  public LabelMap labelsOfSegmentation(ProposalMade proposal, byte[] segmentation) {
    var bytes = new ByteContent(segmentation);
    try {
      Segmentation read = SegmentationReader.read(bytes::open);
      requireOfThisSeries(read, proposal.input().reference());
      return read.toLabelMap(opened(proposal).source().geometry(), proposal.schema());
    } catch (StudyRefused | IllegalArgumentException e) {
      throw new InconsistentSubmission(
          "the segmentation cannot be used for series "
              + proposal.series()
              + ": "
              + e.getMessage());
    }
  }

  // A frame of reference may be shared by accident; a segmentation of somebody else must not fit.
  private static void requireOfThisSeries(Segmentation read, StudyReference expected) {
    Set<SeriesInstanceUid> series = read.referencedSeries();
    if (!read.study().equals(expected.study())
        || !series.isEmpty() && !series.contains(expected.series())) {
      throw new InconsistentSubmission(
          "a segmentation of series "
              + expected.series()
              + " in study "
              + expected.study()
              + " was expected, but it is of "
              + series
              + " in "
              + read.study());
    }
  }

  @Override
  public List<Finding> located(ProposalMade proposal, List<Finding> findings) {
    if (findings.stream().allMatch(finding -> finding.drawn().isEmpty())) {
      return findings;
    }
    SourceSeries source = opened(proposal).source();
    return findings.stream()
        .map(finding -> finding.drawn().flatMap(source::frameOf).map(finding::on).orElse(finding))
        .toList();
  }

  @Override
  public ObjectReference putFindings(List<Finding> findings) {
    return store.put(FindingCodec.encode(findings), FindingCodec.MEDIA_TYPE);
  }

  @Override
  public ObjectReference putLabels(LabelMap labels) {
    return store.put(LabelMapCodec.encode(labels), LabelMapCodec.MEDIA_TYPE);
  }

  @Override
  public ObjectReference putSegmentation(
      ProposalMade proposal, CorrectedLabel label, Signature by) {
    PackageReference model = proposal.modelPackage();
    var series = NameBasedUuid.of("correction-series", by.correction().toString());
    var content =
        new SegmentationContent(
            proposal.schema(),
            label.algorithmTypes(),
            new AlgorithmIdentification(model.name(), model.version(), "", model.digest().hex()),
            new SegmentationIdentity(
                new SopInstanceUid(DicomUid.of(by.correction())),
                new SeriesInstanceUid(DicomUid.of(series)),
                by.at(),
                creator(by.reader())),
            new SegmentationProvenance(
                ContentQualification.RESEARCH,
                creator(by.reader()),
                Predecessor.segmentation(
                    proposal.segmentationInstance(), proposal.segmentationSeries())));
    var bytes = new ByteArrayOutputStream();
    SegmentationWriter.write(opened(proposal).source(), label.labels(), content, bytes);
    return store.put(bytes.toByteArray(), DICOM);
  }

  @Override
  public ImageOrigin origin(ProposalMade proposal) {
    InstanceReference first = revision(proposal.input().manifest()).instances().get(0);
    ImagingCircumstances found = ImagingCircumstances.read(() -> store.open(first.content()));
    return new ImageOrigin(found.scanner().orElse(""), found.site().orElse(""));
  }

  // The subject, not the display name: a segmentation may leave the hospital.
  private static String creator(String reader) {
    String plain = reader.replaceAll("[\\\\^=]", " ");
    return plain.length() <= 64 ? plain : plain.substring(0, 64);
  }

  @Override
  public void close() {
    memory.close();
  }
}
