package org.firstpass.model;

import java.util.HashSet;
import java.util.List;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Which output channel is which segment. Channels that are not named are background. */
public record LabelSpec(
    String name, int version, List<LabelledChannel> segments, List<AnatomicalRule> rules) {
  /** Segments without anatomical rules. */
  public LabelSpec(String name, int version, List<LabelledChannel> segments) {
    this(name, version, segments, List.of());
  }

  public LabelSpec {
    Requirement.text("labels.name", name);
    segments = Requirement.list("labels.segments", segments);
    rules = Requirement.list("labels.rules", rules);
    var channels = new HashSet<Integer>();
    for (LabelledChannel labelled : segments) {
      Requirement.that(
          channels.add(labelled.channel()),
          "labels.segments has channel " + labelled.channel() + " twice");
    }
    requireSegmentsOf(rules, segments);
  }

  /** The schema that label maps of this package obey. */
  public LabelSchema schema() {
    return new LabelSchema(name, version, segments.stream().map(LabelledChannel::segment).toList());
  }

  void requireChannelsOf(OutputSpec output) {
    for (LabelledChannel labelled : segments) {
      Requirement.that(
          labelled.channel() < output.channels(),
          "labels.segments channel "
              + labelled.channel()
              + " must be below output.channels "
              + output.channels());
    }
    Requirement.that(
        (output.activation() == OutputSpec.Activation.NONE) == segments.isEmpty(),
        "labels.segments must name the output's segments, and none if it has no voxels");
    Requirement.that(
        output.activation().standsAlone()
            || segments.stream().noneMatch(labelled -> labelled.channel() == 0),
        "channel 0 is the background of a network whose classes exclude each other");
    if (!segments.isEmpty()) {
      schema();
    }
  }

  private static void requireSegmentsOf(
      List<AnatomicalRule> rules, List<LabelledChannel> segments) {
    for (AnatomicalRule rule : rules) {
      for (int number : rule.segments()) {
        Requirement.that(
            segments.stream().anyMatch(each -> each.segment().number() == number),
            "labels.rules speak of segment " + number + ", which labels.segments lack");
      }
    }
  }

  /**
   * One output channel, from 0, and the segment it marks.
   *
   * @param cleanUp what is done to the segment afterwards, null for nothing
   * @param expected what is usual of its shape, null if nothing is known
   */
  public record LabelledChannel(
      int channel, Segment segment, @Nullable CleanUp cleanUp, @Nullable ExpectedShape expected) {
    /** A segment of which nothing is expected. */
    public LabelledChannel(int channel, Segment segment, @Nullable CleanUp cleanUp) {
      this(channel, segment, cleanUp, null);
    }

    public LabelledChannel {
      Requirement.that(channel >= 0, "labels.segments.channel must not be negative");
      Requirement.present("labels.segments.segment", segment);
    }

    public CleanUp effectiveCleanUp() {
      return cleanUp == null ? CleanUp.NONE : cleanUp;
    }
  }

  /**
   * What is done to a segment after the network, on the source grid.
   *
   * @param largestComponent only the largest 26-connected component stays
   * @param minimumVolumeMl smaller components go
   * @param fillHoles background that the segment encloses on all sides becomes part of it; false if
   *     null
   */
  public record CleanUp(
      boolean largestComponent, double minimumVolumeMl, @Nullable Boolean fillHoles) {
    static final CleanUp NONE = new CleanUp(false, 0);

    /** Without filling holes. */
    public CleanUp(boolean largestComponent, double minimumVolumeMl) {
      this(largestComponent, minimumVolumeMl, null);
    }

    public boolean fillsHoles() {
      return Boolean.TRUE.equals(fillHoles);
    }

    public CleanUp {
      Requirement.that(
          minimumVolumeMl >= 0 && Double.isFinite(minimumVolumeMl),
          "labels.segments.cleanUp.minimumVolumeMl must not be negative");
    }
  }

  /**
   * What is usual of a segment, on the held-out cases of the package.
   *
   * @param volumeMl null if any
   * @param maximumComponents null if any number
   * @param mayTouchEdge whether it may reach the border of the series; true if null
   */
  public record ExpectedShape(
      @Nullable Range volumeMl,
      @Nullable Integer maximumComponents,
      @Nullable Boolean mayTouchEdge) {
    public ExpectedShape {
      Requirement.that(
          maximumComponents == null || maximumComponents >= 1,
          "labels.segments.expected.maximumComponents must be at least 1");
    }

    public boolean edgeIsUsual() {
      return mayTouchEdge == null || mayTouchEdge;
    }
  }
}
