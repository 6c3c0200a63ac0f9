package org.firstpass.delivery;

import java.util.List;
import org.firstpass.dicom.InstanceSource;

/** Looks at an object before it leaves. */
interface ObjectCheck {
  /** What breaks the rules of its SOP class, a line each; empty if it is sound. */
  List<String> findings(InstanceSource object);
}
