package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Reads RT Structure Sets of any maker, in any transfer syntax for data sets without pixels.
 *
 * <p>What it gives has the shape of a {@link Segmentation}: {@link StructureSet#regions()} for its
 * segments, {@link StructureSet#mask} for the voxels of one of them on a grid.
 *
 * @see "PS3.3 A.19, C.8.8.5, C.8.8.6, C.8.8.8"
 */
public final class StructureSetReader {
  private StructureSetReader() {}

  /**
   * Reads one object into memory, about as large as its file.
   *
   * @throws StudyRefused NOT_A_STRUCTURE_SET; MALFORMED_INSTANCE, also for more than {@value
   *     BoundedInput#MOST_ITEMS} items or {@value BoundedInput#MOST_BYTES} bytes
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static StructureSet read(InstanceSource source) {
    try (SourceStream bytes = new SourceStream(source);
        BoundedInput in = new BoundedInput(new BufferedInputStream(bytes, 1 << 16))) {
      return structureSet(in.readDataset(-1, -1));
    } catch (SourceStream.SourceUnavailable e) {
      throw e.tryAgain();
    } catch (StudyRefused e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw malformed("expected an RT Structure Set, found bytes that do not parse", e);
    } catch (StackOverflowError e) {
      throw malformed("expected an RT Structure Set, found sequences nested without end", null);
    }
  }

  private static StructureSet structureSet(Attributes attributes) {
    String sopClass = attributes.getString(Tag.SOPClassUID, "");
    if (!sopClass.equals(SopClasses.RT_STRUCTURE_SET)) {
      throw new StudyRefused(
          ReasonCode.NOT_A_STRUCTURE_SET,
          DicomUids.hasShape(sopClass)
              ? "expected RT Structure Set Storage, found " + sopClass
              : "expected RT Structure Set Storage, found no SOP class");
    }
    return new StructureSet(
        new SopInstanceUid(uid(attributes, Tag.SOPInstanceUID)),
        new StudyInstanceUid(uid(attributes, Tag.StudyInstanceUID)),
        referencedSeries(attributes),
        RegionReading.regions(attributes));
  }

  private static Set<SeriesInstanceUid> referencedSeries(Attributes attributes) {
    Set<SeriesInstanceUid> series = new LinkedHashSet<>();
    for (Attributes frame : items(attributes, Tag.ReferencedFrameOfReferenceSequence)) {
      for (Attributes study : items(frame, Tag.RTReferencedStudySequence)) {
        for (Attributes item : items(study, Tag.RTReferencedSeriesSequence)) {
          series.add(new SeriesInstanceUid(uid(item, Tag.SeriesInstanceUID)));
        }
      }
    }
    return series;
  }

  /** The items of a sequence, none if it is missing or empty. */
  static Iterable<Attributes> items(Attributes attributes, int tag) {
    Sequence sequence = attributes.getSequence(tag);
    return sequence == null ? Set.of() : sequence;
  }

  private static String uid(Attributes attributes, int tag) {
    String value = attributes.getString(tag, "");
    DicomUids.requireShape(DicomUids.nameOf(tag), value);
    return value;
  }

  private static StudyRefused malformed(String message, @Nullable Throwable cause) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message, cause);
  }
}
