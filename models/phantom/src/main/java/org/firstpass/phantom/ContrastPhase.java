package org.firstpass.phantom;

/** When after the contrast medium a phantom is scanned, and how bright tissues are then, in HU. */
public enum ContrastPhase {
  NATIVE(57, 47, 32, 32, 40, 40),
  ARTERIAL(72, 115, 170, 75, 300, 60),
  PORTAL_VENOUS(108, 122, 175, 150, 155, 150),
  LATE(88, 92, 150, 165, 105, 105);

  final double liver;
  final double spleen;
  final double renalCortex;
  final double renalMedulla;
  final double arteries;
  final double veins;

  ContrastPhase(
      double liver,
      double spleen,
      double renalCortex,
      double renalMedulla,
      double arteries,
      double veins) {
    this.liver = liver;
    this.spleen = spleen;
    this.renalCortex = renalCortex;
    this.renalMedulla = renalMedulla;
    this.arteries = arteries;
    this.veins = veins;
  }
}
