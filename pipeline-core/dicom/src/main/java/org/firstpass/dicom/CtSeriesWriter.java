package org.firstpass.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;
import org.firstpass.volume.Volume;

/**
 * Writes a volume in Hounsfield units as a series of CT Image Storage instances, for phantoms.
 *
 * <p>One instance per slice, in slice order, with Instance Numbers from 1; Explicit VR Little
 * Endian; unsigned 16-bit stored values with Rescale Intercept {@value #INTERCEPT}, clamped to what
 * they hold (-1024 to 64511 HU). Position, axes and spacing may be any. The same input gives the
 * same bytes.
 *
 * @see "PS3.3 A.3, C.8.2.1, C.7.6.2"
 */
public final class CtSeriesWriter {
  private static final int INTERCEPT = -1024;
  private static final int MAX_STORED = 0xffff;
  private static final String MODEL_NAME = "Firstpass phantom";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss").withZone(ZoneOffset.UTC);

  private CtSeriesWriter() {}

  /** The files (PS3.10), in slice order. */
  public static List<byte[]> write(CtSeriesDescription description, Volume volume) {
    List<byte[]> files = new ArrayList<>();
    for (int slice = 0; slice < volume.geometry().size().slices(); slice++) {
      files.add(file(description, volume, slice));
    }
    return files;
  }

  private static byte[] file(CtSeriesDescription description, Volume volume, int slice) {
    var instance =
        new SopInstanceUid(
            DicomUid.of(
                NameBasedUuid.of(
                    "ct instance",
                    description.reference().series().value(),
                    Integer.toString(slice + 1))));
    Attributes attributes = new Attributes();
    attributes.setString(Tag.SOPClassUID, VR.UI, SopClasses.CT_IMAGE);
    attributes.setString(Tag.SOPInstanceUID, VR.UI, instance.value());
    attributes.setInt(Tag.InstanceNumber, VR.IS, slice + 1);
    describePatientAndStudy(attributes, description);
    describeSeries(attributes, description);
    describePlane(attributes, volume.geometry(), slice);
    describePixels(attributes, volume.geometry());
    attributes.setBytes(Tag.PixelData, VR.OW, storedValues(volume, slice));
    return encode(instance, attributes);
  }

  private static void describePatientAndStudy(
      Attributes attributes, CtSeriesDescription description) {
    attributes.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    attributes.setString(Tag.PatientName, VR.PN, description.patientName());
    attributes.setString(Tag.PatientID, VR.LO, description.patientId());
    attributes.setNull(Tag.PatientBirthDate, VR.DA);
    attributes.setNull(Tag.PatientSex, VR.CS);
    attributes.setString(Tag.StudyInstanceUID, VR.UI, description.reference().study().value());
    attributes.setString(Tag.StudyDate, VR.DA, DATE.format(description.acquired()));
    attributes.setString(Tag.StudyTime, VR.TM, TIME.format(description.acquired()));
    attributes.setNull(Tag.ReferringPhysicianName, VR.PN);
    attributes.setString(Tag.StudyID, VR.SH, "1");
    attributes.setNull(Tag.AccessionNumber, VR.SH);
  }

  private static void describeSeries(Attributes attributes, CtSeriesDescription description) {
    attributes.setString(Tag.Modality, VR.CS, "CT");
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, description.reference().series().value());
    attributes.setString(Tag.SeriesNumber, VR.IS, "1");
    attributes.setString(Tag.PatientPosition, VR.CS, "HFS");
    if (!description.bodyPart().isEmpty()) {
      attributes.setString(Tag.BodyPartExamined, VR.CS, description.bodyPart());
    }
    if (!description.seriesDescription().isEmpty()) {
      attributes.setString(Tag.SeriesDescription, VR.LO, description.seriesDescription());
    }
    for (int tag : new int[] {Tag.SeriesDate, Tag.AcquisitionDate, Tag.ContentDate}) {
      attributes.setString(tag, VR.DA, DATE.format(description.acquired()));
    }
    for (int tag : new int[] {Tag.SeriesTime, Tag.AcquisitionTime, Tag.ContentTime}) {
      attributes.setString(tag, VR.TM, TIME.format(description.acquired()));
    }
    attributes.setString(Tag.Manufacturer, VR.LO, OwnEquipment.MANUFACTURER);
    attributes.setString(Tag.ManufacturerModelName, VR.LO, MODEL_NAME);
    attributes.setString(Tag.SoftwareVersions, VR.LO, OwnEquipment.SOFTWARE_VERSION);
  }

  private static void describePlane(Attributes attributes, GridGeometry geometry, int slice) {
    Vector3 position = geometry.toPatient(0, 0, slice);
    Axes axes = geometry.axes();
    attributes.setString(Tag.FrameOfReferenceUID, VR.UI, geometry.frameOfReference().value());
    attributes.setNull(Tag.PositionReferenceIndicator, VR.LO);
    attributes.setString(
        Tag.ImagePositionPatient,
        VR.DS,
        DecimalString.of(position.x(), position.y(), position.z()));
    attributes.setString(
        Tag.ImageOrientationPatient,
        VR.DS,
        DecimalString.of(
            axes.column().x(),
            axes.column().y(),
            axes.column().z(),
            axes.row().x(),
            axes.row().y(),
            axes.row().z()));
    attributes.setString(
        Tag.PixelSpacing,
        VR.DS,
        DecimalString.of(geometry.spacing().row(), geometry.spacing().column()));
    attributes.setString(Tag.SliceThickness, VR.DS, DecimalString.of(geometry.spacing().slice()));
  }

  private static void describePixels(Attributes attributes, GridGeometry geometry) {
    attributes.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "AXIAL");
    attributes.setInt(Tag.AcquisitionNumber, VR.IS, 1);
    attributes.setNull(Tag.KVP, VR.DS);
    attributes.setInt(Tag.SamplesPerPixel, VR.US, 1);
    attributes.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    attributes.setInt(Tag.Rows, VR.US, geometry.size().rows());
    attributes.setInt(Tag.Columns, VR.US, geometry.size().columns());
    attributes.setInt(Tag.BitsAllocated, VR.US, 16);
    attributes.setInt(Tag.BitsStored, VR.US, 16);
    attributes.setInt(Tag.HighBit, VR.US, 15);
    attributes.setInt(Tag.PixelRepresentation, VR.US, 0);
    attributes.setString(Tag.RescaleIntercept, VR.DS, DecimalString.of(INTERCEPT));
    attributes.setString(Tag.RescaleSlope, VR.DS, "1");
    attributes.setString(Tag.WindowCenter, VR.DS, "40");
    attributes.setString(Tag.WindowWidth, VR.DS, "400");
    attributes.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
  }

  private static byte[] storedValues(Volume volume, int slice) {
    int count = volume.geometry().size().voxelsPerSlice();
    float[] values = new float[count];
    volume.copyTo(slice * count, values, 0, count);
    ByteBuffer stored = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int rounded = Math.round(value) - INTERCEPT;
      stored.putShort((short) Math.max(0, Math.min(MAX_STORED, rounded)));
    }
    return stored.array();
  }

  private static byte[] encode(SopInstanceUid instance, Attributes attributes) {
    byte[] header =
        Part10.header(
            new SopClassUid(SopClasses.CT_IMAGE),
            instance,
            new TransferSyntaxUid(UID.ExplicitVRLittleEndian));
    var bytes = new ByteArrayOutputStream(1 << 16);
    bytes.writeBytes(header);
    try (var out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(null, attributes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
