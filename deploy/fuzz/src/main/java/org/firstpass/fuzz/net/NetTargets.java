package org.firstpass.fuzz.net;

import java.util.List;
import org.firstpass.fuzz.FuzzTarget;

/** What is reached through the network. */
public final class NetTargets {
  private NetTargets() {}

  /** The storage SCP, the worklist SCP, and our SCUs. */
  public static List<FuzzTarget> all() {
    return List.of(
        new ScpTarget(
            "associations", StorageDoor.AE_TITLE, StorageDoor.SOP_CLASSES, StorageDoor::new),
        new ScpTarget(
            "worklist", WorklistDoor.AE_TITLE, WorklistDoor.SOP_CLASSES, WorklistDoor::new),
        new ScuTarget());
  }
}
