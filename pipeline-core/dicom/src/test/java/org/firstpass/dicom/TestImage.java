package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.Vector3;

/** One instance built attribute by attribute, to be spoilt one attribute at a time. */
public final class TestImage {
  public static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  public static final String MR = "1.2.840.10008.5.1.4.1.1.4";
  public static final String ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1";
  public static final String ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1";
  public static final String CR = "1.2.840.10008.5.1.4.1.1.1";

  final Attributes attributes = new Attributes();
  private String transferSyntax = UID.ExplicitVRLittleEndian;

  private TestImage(String sopClass, int number) {
    attributes.setString(Tag.SOPClassUID, VR.UI, sopClass);
    attributes.setString(Tag.SOPInstanceUID, VR.UI, "2.25.100." + number);
    attributes.setString(Tag.StudyInstanceUID, VR.UI, "2.25.1");
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.2");
    attributes.setString(Tag.Modality, VR.CS, "CT");
    attributes.setInt(Tag.SamplesPerPixel, VR.US, 1);
    attributes.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    attributes.setInt(Tag.InstanceNumber, VR.IS, number);
  }

  /** 16-bit signed pixels of a plane without position. */
  public static TestImage flat(
      String sopClass, int number, int rows, int columns, short... stored) {
    var image = new TestImage(sopClass, number);
    image.attributes.setInt(Tag.Rows, VR.US, rows);
    image.attributes.setInt(Tag.Columns, VR.US, columns);
    image.bits(16, 16, 15, 1);
    return image.shorts(stored);
  }

  /** A CT slice of 2 x 3 pixels at a height, all zero: the smallest that can be spoilt. */
  public static TestImage axial(int number, double z) {
    return flat(CT, number, 3, 2, new short[6])
        .rescale("1", "0")
        .spacing(0.5, 0.5)
        .plane(new Vector3(-10, -20, z), new Vector3(1, 0, 0), new Vector3(0, 1, 0))
        .with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3");
  }

  public TestImage plane(Vector3 position, Vector3 column, Vector3 row) {
    attributes.setDouble(Tag.ImagePositionPatient, VR.DS, position.x(), position.y(), position.z());
    attributes.setDouble(
        Tag.ImageOrientationPatient,
        VR.DS,
        column.x(),
        column.y(),
        column.z(),
        row.x(),
        row.y(),
        row.z());
    return this;
  }

  public TestImage spacing(double row, double column) {
    attributes.setDouble(Tag.PixelSpacing, VR.DS, row, column);
    return this;
  }

  public TestImage rescale(String slope, String intercept) {
    return with(Tag.RescaleSlope, VR.DS, slope).with(Tag.RescaleIntercept, VR.DS, intercept);
  }

  public TestImage bits(int allocated, int stored, int high, int representation) {
    attributes.setInt(Tag.BitsAllocated, VR.US, allocated);
    attributes.setInt(Tag.BitsStored, VR.US, stored);
    attributes.setInt(Tag.HighBit, VR.US, high);
    attributes.setInt(Tag.PixelRepresentation, VR.US, representation);
    return this;
  }

  public TestImage with(int tag, VR vr, String... values) {
    attributes.setString(tag, vr, values);
    return this;
  }

  public TestImage but(Consumer<Attributes> change) {
    change.accept(attributes);
    return this;
  }

  public TestImage shorts(short... stored) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * stored.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : stored) {
      bytes.putShort(value);
    }
    attributes.setBytes(Tag.PixelData, VR.OW, bytes.array());
    return this;
  }

  public TestImage bytes(VR vr, int... bytes) {
    byte[] padded = new byte[bytes.length + bytes.length % 2];
    for (int i = 0; i < bytes.length; i++) {
      padded[i] = (byte) bytes[i];
    }
    attributes.setBytes(Tag.PixelData, vr, padded);
    return this;
  }

  /** Compressed frames, one fragment each, without an offset table. */
  public TestImage fragments(String syntax, byte[]... frames) {
    var fragments = attributes.newFragments(Tag.PixelData, VR.OB, frames.length + 1);
    fragments.add(new byte[0]);
    for (byte[] frame : frames) {
      fragments.add(frame);
    }
    transferSyntax = syntax;
    return this;
  }

  public TestImage syntax(String uid) {
    transferSyntax = uid;
    return this;
  }

  public byte[] file() {
    var out = new ByteArrayOutputStream();
    try (var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
      dicom.writeDataset(attributes.createFileMetaInformation(transferSyntax), attributes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The same in big endian, with these bytes as they are for pixel data. */
  public byte[] bigEndianFile(String vr, int... pixelBytes) {
    attributes.remove(Tag.PixelData);
    var out = new ByteArrayOutputStream();
    var bigEndian = new Attributes(true);
    bigEndian.addAll(attributes);
    try (var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
      dicom.writeDataset(attributes.createFileMetaInformation(UID.ExplicitVRBigEndian), bigEndian);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(new byte[] {0x7f, (byte) 0xe0, 0, 0x10, (byte) vr.charAt(0)});
    out.writeBytes(new byte[] {(byte) vr.charAt(1), 0, 0, 0, 0, 0, (byte) pixelBytes.length});
    for (int value : pixelBytes) {
      out.write(value);
    }
    return out.toByteArray();
  }

  public InstanceSource source() {
    byte[] file = file();
    return () -> new ByteArrayInputStream(file);
  }
}
