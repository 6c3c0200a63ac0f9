package org.firstpass.quality;

/** What figures are set apart by. */
public enum Grouping {
  NONE,
  /** Package and version of the model that proposed. */
  VERSION,
  SEGMENT,
  /** Manufacturer and model of the equipment that made the images. */
  SCANNER,
  PROTOCOL,
  READER
}
