package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SopClassUid;

/**
 * How Firstpass names itself in the objects it makes and on the network.
 *
 * <p>Its UIDs are UUID-derived (2.25.…), so no root tells them from others. What tells our outputs
 * is the equipment that they name: they do not come back in as input.
 *
 * @see "PS3.3 C.7.5.1 and C.12.1.1.5"
 */
public final class OwnEquipment {
  /** Implementation Class UID (0002,0012). */
  public static final String IMPLEMENTATION_CLASS_UID =
      DicomUid.of(NameBasedUuid.of("implementation class"));

  /** Implementation Version Name (0002,0013). */
  public static final String IMPLEMENTATION_VERSION_NAME = "FIRSTPASS_0_1";

  /** Manufacturer (0008,0070). */
  public static final String MANUFACTURER = "Firstpass";

  /** Manufacturer's Model Name (0008,1090) of what is derived from a patient's images. */
  public static final String MODEL_NAME = "Firstpass pre-annotation";

  /** Software Versions (0018,1020). */
  public static final String SOFTWARE_VERSION = "0.1";

  /**
   * Device Serial Number (0018,1000), which some modules insist on; software has none of its own.
   */
  public static final String DEVICE_SERIAL_NUMBER = "0";

  /** Processing Equipment. */
  private static final Concept PROCESSING = new Concept("109102", "DCM", "Processing Equipment");

  private OwnEquipment() {}

  /**
   * Whether Firstpass made this object from images: it names us as its equipment and is not an
   * image of the acquisition kind (a phantom series of ours is), or it names us as contributing
   * equipment and no other maker. What another maker derived from an output of ours, a correction
   * for instance, is not ours.
   */
  static boolean isOwnOutput(SopClassUid sopClass, Attributes attributes) {
    String manufacturer = attributes.getString(Tag.Manufacturer, "");
    boolean ours =
        MANUFACTURER.equals(manufacturer)
            && MODEL_NAME.equals(attributes.getString(Tag.ManufacturerModelName));
    boolean another = !manufacturer.isBlank() && !MANUFACTURER.equals(manufacturer);
    return ours && SopClasses.isDerivedObject(sopClass) || !another && contributed(attributes);
  }

  /** The Enhanced General Equipment module. */
  static void describe(Attributes attributes) {
    attributes.setString(Tag.Manufacturer, VR.LO, MANUFACTURER);
    attributes.setString(Tag.ManufacturerModelName, VR.LO, MODEL_NAME);
    attributes.setString(Tag.DeviceSerialNumber, VR.LO, DEVICE_SERIAL_NUMBER);
    attributes.setString(Tag.SoftwareVersions, VR.LO, SOFTWARE_VERSION);
  }

  /** The Contributing Equipment Sequence that marks an output of ours. */
  static void contribute(Attributes attributes) {
    Attributes item = new Attributes();
    item.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PROCESSING.toItem());
    item.setString(Tag.Manufacturer, VR.LO, MANUFACTURER);
    item.setString(Tag.ManufacturerModelName, VR.LO, MODEL_NAME);
    item.setString(Tag.SoftwareVersions, VR.LO, SOFTWARE_VERSION);
    attributes.newSequence(Tag.ContributingEquipmentSequence, 1).add(item);
  }

  /** The model as equipment of its own, for those who look for it there. */
  static void contributeModel(Attributes attributes, AlgorithmIdentification model) {
    Attributes item = new Attributes();
    item.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PROCESSING.toItem());
    item.setString(Tag.Manufacturer, VR.LO, MANUFACTURER);
    item.setString(Tag.ManufacturerModelName, VR.LO, model.name());
    item.setString(Tag.SoftwareVersions, VR.LO, model.version());
    if (!model.digest().isBlank()) {
      // A package's digest is what tells it from every other one.
      item.setString(Tag.DeviceSerialNumber, VR.LO, model.digest());
    }
    item.setString(Tag.ContributionDescription, VR.ST, "Model package that segmented the images");
    attributes.ensureSequence(Tag.ContributingEquipmentSequence, 2).add(item);
  }

  private static boolean contributed(Attributes attributes) {
    Sequence items = attributes.getSequence(Tag.ContributingEquipmentSequence);
    return items != null
        && items.stream().anyMatch(item -> MANUFACTURER.equals(item.getString(Tag.Manufacturer)));
  }
}
