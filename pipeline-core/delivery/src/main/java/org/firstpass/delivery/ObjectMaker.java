package org.firstpass.delivery;

import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.firstpass.dicom.ContourFidelity;
import org.firstpass.dicom.FractionalWriter;
import org.firstpass.dicom.MeasurementReport.Predecessor;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.ReferencedSegmentation;
import org.firstpass.dicom.SegmentProbabilities;
import org.firstpass.dicom.SegmentationEncoding;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.StructureSetWriter;
import org.firstpass.store.ObjectStore;
import org.firstpass.store.WrittenObject;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is sent of a result, from what is stored. The same result gives the same objects. Safe
 * for use by many threads.
 */
final class ObjectMaker {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectMaker.class);
  private static final String DICOM = "application/dicom";

  private final ObjectStore store;
  private final StoredSeries series;

  ObjectMaker(ObjectStore store, StoredSeries series) {
    this.store = store;
    this.series = series;
  }

  /**
   * The forms of one object in the store, the preferred transfer syntax first.
   *
   * @param reported whether there is a report of the proposal, which that of a correction replaces
   * @throws org.firstpass.failure.FirstpassFailure if it cannot be made
   */
  List<Sha256> make(Result result, ObjectKind object, SegmentationForm form, boolean reported) {
    return switch (object) {
      case SEG -> segmentation(result, form);
      case RTSTRUCT -> structureSet(result);
      case SR ->
          one(
              result,
              (material, out) ->
                  Reports.measurements(
                      material, seg(result, form), predecessors(result, form, reported), out));
      case PM -> one(result, Reports::uncertainty);
      case KOS ->
          one(result, (material, out) -> Reports.keyObjects(material, seg(result, form), out));
    };
  }

  private List<Sha256> segmentation(Result result, SegmentationForm form) {
    return switch (form) {
      // As everybody else knows it already.
      case BINARY -> List.of(result.segmentation().digest());
      case LABELMAP -> labelMaps(result, SegmentationEncoding.LABELMAP);
      case LABELMAP_RLE ->
          labelMaps(result, SegmentationEncoding.LABELMAP_RLE, SegmentationEncoding.LABELMAP);
      case FRACTIONAL -> fractional(result);
    };
  }

  /** One object, whose transfer syntax alone differs. */
  private List<Sha256> labelMaps(Result result, SegmentationEncoding... encodings) {
    var material = Material.of(result, series, store);
    var content = material.content(DeliveredUids.LABELMAP);
    return Stream.of(encodings)
        .map(
            encoding ->
                put(
                    out ->
                        SegmentationWriter.write(
                            material.source(), material.labels(), content, encoding, out)))
        .toList();
  }

  private List<Sha256> fractional(Result result) {
    var material = Material.of(result, series, store);
    SegmentProbabilities probabilities =
        result
            .probabilityMap()
            .<SegmentProbabilities>map(
                map -> new KeptProbabilities(material.labels(), () -> store.open(map.digest())))
            .orElseGet(() -> new Certainty(material.labels(), material.doubt()));
    return List.of(
        put(
            out ->
                FractionalWriter.write(
                    material.source(),
                    probabilities,
                    material.content(DeliveredUids.FRACTIONAL),
                    out)));
  }

  private List<Sha256> structureSet(Result result) {
    var material = Material.of(result, series, store);
    return List.of(
        put(
            out -> {
              ContourFidelity fidelity =
                  StructureSetWriter.write(
                      material.source(), material.labels(), material.content("RTSTRUCT"), out);
              LOG.info(
                  "event {} as contours: {} voxels differ, largest distance {} mm",
                  result.id(),
                  fidelity.voxelsDiffering(),
                  fidelity.largestDistanceMm());
            }));
  }

  private List<Sha256> one(Result result, BiConsumer<Material, OutputStream> writer) {
    var material = Material.of(result, series, store);
    return List.of(put(out -> writer.accept(material, out)));
  }

  /** The report of what was corrected, as the destination has it. */
  private static List<Predecessor> predecessors(
      Result result, SegmentationForm form, boolean reported) {
    return result.corrected().filter(proposal -> reported).stream()
        .map(proposal -> DeliveredUids.reportOf(proposal, form))
        .toList();
  }

  /** The Segmentation that the destination gets. */
  private ReferencedSegmentation seg(Result result, SegmentationForm form) {
    Sha256 object = segmentation(result, form).get(0);
    ObjectIdentity identity = ObjectIdentity.read(() -> store.open(object));
    return new ReferencedSegmentation(
        identity.instance(), identity.reference().series(), identity.sopClass());
  }

  private Sha256 put(Consumer<OutputStream> writer) {
    return WrittenObject.put(store, DICOM, writer).digest();
  }
}
