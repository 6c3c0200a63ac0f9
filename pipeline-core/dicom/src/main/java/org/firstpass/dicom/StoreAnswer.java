package org.firstpass.dicom;

import java.util.Set;

/**
 * What a peer said of one object that it was asked to store.
 *
 * @param told the status as administrators know it, for instance {@code status A700H}
 * @see "PS3.4 B.2.3; PS3.7 annex C; PS3.18 table I.2-2"
 */
public record StoreAnswer(Kind kind, String told) {
  private static final int SUCCESS = 0x0000;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int DUPLICATE_INSTANCE = 0x0111;
  private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
  private static final int NOT_AUTHORIZED = 0x0124;
  private static final int RESOURCE_LIMITATION = 0x0213;
  private static final int OUT_OF_RESOURCES = 0xA700;
  private static final int WARNING = 0xB000;

  private static final Set<Integer> PASSING =
      Set.of(PROCESSING_FAILURE, NOT_AUTHORIZED, RESOURCE_LIMITATION);

  /** It takes the SOP class in none of the transfer syntaxes that were offered. */
  public static final StoreAnswer NOT_TAKEN = ofStatus(SOP_CLASS_NOT_SUPPORTED);

  /** Who can mend it. */
  public enum Kind {
    /** It says that it has it. */
    STORED,
    /** Not now. */
    BUSY,
    /** Not this object; the same again does not help. */
    REFUSED
  }

  /** An answer by its status of DIMSE, which a STOW-RS answer uses as well (Failure Reason). */
  public static StoreAnswer ofStatus(int status) {
    return new StoreAnswer(kindOf(status), "status %04XH".formatted(status));
  }

  private static Kind kindOf(int status) {
    if (status == SUCCESS || status == DUPLICATE_INSTANCE || (status & 0xF000) == WARNING) {
      return Kind.STORED;
    }
    boolean passing = (status & 0xFF00) == OUT_OF_RESOURCES || PASSING.contains(status);
    return passing ? Kind.BUSY : Kind.REFUSED;
  }
}
