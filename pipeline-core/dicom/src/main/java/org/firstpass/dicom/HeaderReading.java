package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.study.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * The top of a data set as it was parsed, up to the pixel data, without long values.
 *
 * @param datasetPosition where in the file the data set begins
 */
record HeaderReading(Attributes attributes, String transferSyntax, long datasetPosition) {
  /** Longer values are skipped: none that identifies an instance comes near. */
  private static final int LONGEST_VALUE = 4096;

  private static final int UNDEFINED_LENGTH = -1;

  private static final Set<Integer> NEEDED =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.StudyInstanceUID,
          Tag.SeriesInstanceUID,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.Modality);

  static InstanceHeader read(InstanceSource source) {
    HeaderReading reading = parse(source);
    var sopClass = new SopClassUid(reading.uid(Tag.SOPClassUID));
    if (OwnEquipment.isOwnOutput(sopClass, reading.attributes)) {
      throw new StudyRefused(
          ReasonCode.OWN_OUTPUT,
          "expected an image of another maker, found an object that "
              + OwnEquipment.MANUFACTURER
              + " derived: "
              + reading.uid(Tag.SOPInstanceUID));
    }
    return new InstanceHeader(
        new StudyReference(
            new StudyInstanceUid(reading.uid(Tag.StudyInstanceUID)),
            new SeriesInstanceUid(reading.uid(Tag.SeriesInstanceUID))),
        new SopInstanceUid(reading.uid(Tag.SOPInstanceUID)),
        sopClass,
        new TransferSyntaxUid(reading.transferSyntax),
        reading.text(Tag.Modality),
        new PatientIdentity(reading.text(Tag.IssuerOfPatientID), reading.text(Tag.PatientID)));
  }

  static HeaderReading parse(InstanceSource source) {
    try (SourceStream bytes = new SourceStream(source);
        DicomInputStream in = new BoundedInput(new BufferedInputStream(bytes))) {
      in.setIncludeBulkData(DicomInputStream.IncludeBulkData.NO);
      in.setBulkDataDescriptor(
          (path, creator, tag, vr, length) -> isSkipped(path.isEmpty(), tag, vr, length));
      in.readFileMetaInformation();
      long position = in.getPosition();
      Attributes attributes = in.readDataset(-1, Tag.PixelData);
      DicomUids.requireShape("TransferSyntaxUID", in.getTransferSyntax());
      return new HeaderReading(attributes, in.getTransferSyntax(), position);
    } catch (IOException e) {
      throw malformed("expected a DICOM data set, found bytes that do not parse", e);
    } catch (StackOverflowError e) {
      throw malformed("expected a DICOM data set, found sequences nested without end", null);
    } catch (SourceStream.SourceUnavailable e) {
      throw e.tryAgain();
    } catch (StudyRefused e) {
      throw e;
    } catch (RuntimeException e) {
      // The toolkit reports what it cannot parse with unchecked exceptions of its own.
      throw malformed("expected a DICOM data set, found bytes that do not parse", e);
    }
  }

  /** A UID that must be there once and be well formed. */
  String uid(int tag) {
    String[] values = Elements.strings(attributes, tag);
    String name = DicomUids.nameOf(tag);
    if (values == null || values.length == 0) {
      throw malformed("expected " + name + ", found none", null);
    }
    if (values.length > 1) {
      throw malformed("expected one " + name + ", found " + values.length, null);
    }
    DicomUids.requireShape(name, values[0]);
    return values[0];
  }

  String text(int tag) {
    String[] values = Elements.strings(attributes, tag);
    return values == null ? "" : String.join("\\", values).strip();
  }

  private static boolean isSkipped(boolean topLevel, int tag, VR vr, int length) {
    if (length == UNDEFINED_LENGTH) {
      return false;
    }
    if (vr == VR.SQ) {
      return topLevel && tag != Tag.ContributingEquipmentSequence;
    }
    boolean tooLong = length < 0 || length > LONGEST_VALUE;
    if (tooLong && topLevel && NEEDED.contains(tag)) {
      // Skipping it would file the instance under an empty identity.
      throw malformed(
          "expected " + DicomUids.nameOf(tag) + " of at most " + LONGEST_VALUE + " bytes", null);
    }
    return length > LONGEST_VALUE;
  }

  private static StudyRefused malformed(String message, @Nullable Throwable cause) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message, cause);
  }
}
