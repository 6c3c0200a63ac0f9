package org.firstpass.delivery;

import java.util.List;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.store.ObjectStore;

/** The images that a result is of, from the object store. Safe for use by many threads. */
final class StoredSeries {
  private final ObjectStore store;

  StoredSeries(ObjectStore store) {
    this.store = store;
  }

  List<InstanceSource> instances(SeriesInput input) {
    return SeriesRevisionCodec.decode(store.read(input.manifest().digest())).instances().stream()
        .<InstanceSource>map(instance -> () -> store.open(instance.content()))
        .toList();
  }

  String modality(SeriesInput input) {
    return InstanceHeader.read(instances(input).get(0)).modality();
  }
}
