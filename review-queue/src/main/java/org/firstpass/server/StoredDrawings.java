package org.firstpass.server;

import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ReferencedImages;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.StructureSetReader;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.foreign.Drawing;
import org.firstpass.foreign.DrawingReader;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.store.ObjectStore;

/** Foreign objects as they are in the store, by their SOP class. */
final class StoredDrawings implements DrawingReader {
  private static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
  private static final String LABEL_MAP_SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.7";
  private static final String STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";

  private final ObjectStore store;
  private final ReferencedImages images;

  StoredDrawings(ObjectStore store, ReferencedImages images) {
    this.store = store;
    this.images = images;
  }

  @Override
  public Drawing read(ForeignObject object) {
    InstanceSource source = () -> store.open(object.content().digest());
    return switch (object.sopClass().value()) {
      case SEGMENTATION, LABEL_MAP_SEGMENTATION ->
          new DrawnSegmentation(SegmentationReader.read(source, images));
      case STRUCTURE_SET -> new DrawnStructureSet(StructureSetReader.read(source));
      default ->
          throw new StudyRefused(
              ReasonCode.NOT_AN_IMAGE,
              "expected a Segmentation or an RT Structure Set, found " + object.sopClass());
    };
  }
}
