package org.firstpass.model;

import java.util.HashSet;
import java.util.List;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Which output channel is which segment. Channels that are not named are background. */
public record LabelSpec(String name, int version, List<LabelledChannel> segments) {
  public LabelSpec {
    Requirement.text("labels.name", name);
    Requirement.present("labels.segments", segments);
    segments = List.copyOf(segments);
    var channels = new HashSet<Integer>();
    for (LabelledChannel labelled : segments) {
      Requirement.that(
          channels.add(labelled.channel()),
          "labels.segments has channel " + labelled.channel() + " twice");
    }
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
        output.activation() == OutputSpec.Activation.SIGMOID
            || segments.stream().noneMatch(labelled -> labelled.channel() == 0),
        "channel 0 is the background of a network whose classes exclude each other");
    schema();
  }

  /**
   * One output channel, from 0, and the segment it marks.
   *
   * @param cleanUp what is done to the segment afterwards, null for nothing
   */
  public record LabelledChannel(int channel, Segment segment, @Nullable CleanUp cleanUp) {
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
   */
  public record CleanUp(boolean largestComponent, double minimumVolumeMl) {
    static final CleanUp NONE = new CleanUp(false, 0);

    public CleanUp {
      Requirement.that(
          minimumVolumeMl >= 0, "labels.segments.cleanUp.minimumVolumeMl must not be negative");
    }
  }
}
