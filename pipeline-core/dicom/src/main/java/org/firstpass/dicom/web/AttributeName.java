package org.firstpass.dicom.web;

import java.util.Optional;
import org.dcm4che3.data.ElementDictionary;
import org.firstpass.dicom.dataset.Attribute;
import org.firstpass.dicom.dataset.Vr;

/**
 * An attribute as a query names it: eight hexadecimal digits, or its keyword.
 *
 * @see "PS3.18 section 8.3.4"
 */
public record AttributeName(int tag) implements Attribute {

  /** The attribute, none if the name is neither a tag nor a keyword of the dictionary. */
  public static Optional<AttributeName> of(String name) {
    if (name.matches("[0-9A-Fa-f]{8}")) {
      return Optional.of(new AttributeName(Integer.parseUnsignedInt(name, 16)));
    }
    if (!name.matches("[A-Za-z][A-Za-z0-9]{1,99}")) {
      return Optional.empty();
    }
    int tag = ElementDictionary.tagForKeyword(name, null);
    return tag == -1 || tag == 0 ? Optional.empty() : Optional.of(new AttributeName(tag));
  }

  /** Its VR by the dictionary; UN if it is not there. */
  @Override
  public Vr vr() {
    return Vr.inDictionary(tag);
  }
}
