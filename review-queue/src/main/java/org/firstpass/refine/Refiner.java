package org.firstpass.refine;

import java.util.List;

/** Makes a mask follow clicks. */
interface Refiner {
  /**
   * The mask after the clicks: 1 inside, otherwise 0, in the order of the crop.
   *
   * @param prompts within the crop, one at least, the last one is the newest
   */
  byte[] refine(Crop crop, List<Prompt> prompts);
}
