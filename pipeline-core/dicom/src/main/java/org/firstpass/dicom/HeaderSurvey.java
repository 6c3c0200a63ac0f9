package org.firstpass.dicom;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.StudyRefused;

/**
 * One instance after its header was read: a survey of it, or why there is none.
 *
 * @param header its attributes, kept of one instance per series only
 */
record HeaderSurvey(
    InstanceIdentity identity,
    Optional<InstanceSurvey> survey,
    Optional<StudyRefused> refusal,
    Optional<Attributes> header) {

  static HeaderSurvey of(InstanceSource source, boolean keepHeader) {
    try (InstanceStream stream = InstanceStream.open(source)) {
      InstanceIdentity identity = InstanceIdentity.of(new Elements(stream.header(), "an instance"));
      Optional<Attributes> header =
          keepHeader ? Optional.of(withoutFrames(stream.header())) : Optional.empty();
      try {
        return new HeaderSurvey(
            identity,
            Optional.of(InstanceSurvey.of(source, stream, identity)),
            Optional.empty(),
            header);
      } catch (StudyRefused e) {
        return new HeaderSurvey(identity, Optional.empty(), Optional.of(e), header);
      }
    }
  }

  private static Attributes withoutFrames(Attributes header) {
    var kept = new Attributes(header);
    kept.removePrivateAttributes();
    kept.remove(Tag.PerFrameFunctionalGroupsSequence);
    return kept;
  }
}
