package org.firstpass.phantom;

/**
 * What a structure is made of.
 *
 * @param hounsfield its mean value in HU
 * @param texture how far its own texture goes up and down, in HU; noise comes on top
 */
record Tissue(double hounsfield, double texture) {
  static final Tissue AIR = new Tissue(-1000, 0);
  static final Tissue FAT = new Tissue(-100, 8);

  Tissue brighter(double by) {
    return new Tissue(hounsfield + by, texture);
  }
}
