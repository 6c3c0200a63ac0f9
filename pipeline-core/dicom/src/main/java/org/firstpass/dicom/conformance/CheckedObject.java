package org.firstpass.dicom.conformance;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;

/**
 * An object as it was read.
 *
 * @param meta its File Meta Information
 * @param dataset everything up to the pixel data
 */
public record CheckedObject(
    Attributes meta, Attributes dataset, String transferSyntax, StoredPixels pixels) {

  /** An item of a sequence and where it is. */
  record Item(Attributes attributes, String path) {
    String path(int tag) {
      return Paths.of(path, tag);
    }

    List<Item> items(int tag) {
      Sequence sequence = attributes.getSequence(tag);
      if (sequence == null) {
        return List.of();
      }
      return IntStream.range(0, sequence.size())
          .mapToObj(i -> new Item(sequence.get(i), Paths.item(path, tag, i)))
          .toList();
    }

    Optional<Item> first(int tag) {
      return items(tag).stream().findFirst();
    }

    String text(int tag) {
      return attributes.getString(tag, "").strip();
    }
  }

  Item root() {
    return new Item(dataset, "");
  }
}
