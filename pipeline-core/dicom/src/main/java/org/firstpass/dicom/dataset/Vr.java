package org.firstpass.dicom.dataset;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value representations, with those that the toolkit lacks (OV, SV, UV).
 *
 * @see "PS3.5 section 6.2"
 */
public enum Vr {
  AE(Kind.TEXT, 1, false),
  AS(Kind.TEXT, 1, false),
  AT(Kind.TAG, 2, false),
  CS(Kind.TEXT, 1, false),
  DA(Kind.TEXT, 1, false),
  DS(Kind.DECIMAL, 1, false),
  DT(Kind.TEXT, 1, false),
  FD(Kind.NUMBER, 8, false),
  FL(Kind.NUMBER, 4, false),
  IS(Kind.DECIMAL, 1, false),
  LO(Kind.NATIONAL, 1, false),
  LT(Kind.NATIONAL, 1, false),
  OB(Kind.BINARY, 1, true),
  OD(Kind.BINARY, 8, true),
  OF(Kind.BINARY, 4, true),
  OL(Kind.BINARY, 4, true),
  OV(Kind.BINARY, 8, true),
  OW(Kind.BINARY, 2, true),
  PN(Kind.NATIONAL, 1, false),
  SH(Kind.NATIONAL, 1, false),
  SL(Kind.NUMBER, 4, false),
  SQ(Kind.SEQUENCE, 1, true),
  SS(Kind.NUMBER, 2, false),
  ST(Kind.NATIONAL, 1, false),
  SV(Kind.NUMBER, 8, true),
  TM(Kind.TEXT, 1, false),
  UC(Kind.NATIONAL, 1, true),
  UI(Kind.TEXT, 1, false),
  UL(Kind.NUMBER, 4, false),
  UN(Kind.BINARY, 1, true),
  UR(Kind.TEXT, 1, true),
  US(Kind.NUMBER, 2, false),
  UT(Kind.NATIONAL, 1, true),
  UV(Kind.NUMBER, 8, true);

  /** What values are made of. */
  public enum Kind {
    /** Characters of the default repertoire. */
    TEXT,
    /** Characters of the Specific Character Set. */
    NATIONAL,
    /** A number written with characters. */
    DECIMAL,
    /** A number in binary. */
    NUMBER,
    TAG,
    BINARY,
    SEQUENCE
  }

  private static final int LETTERS = 26;

  /** Every element asks. */
  private static final @Nullable Vr[] BY_LETTERS = new @Nullable Vr[LETTERS * LETTERS];

  static {
    for (Vr vr : values()) {
      BY_LETTERS[place(vr.name())] = vr;
    }
  }

  private final Kind kind;
  private final int unit;
  private final boolean longForm;

  Vr(Kind kind, int unit, boolean longForm) {
    this.kind = kind;
    this.unit = unit;
    this.longForm = longForm;
  }

  public Kind kind() {
    return kind;
  }

  /** How many bytes change places together in big endian. */
  public int unit() {
    return unit;
  }

  /** Whether an explicit element has a length of 32 bits. */
  public boolean longForm() {
    return longForm;
  }

  /** Whether a backslash is part of a value instead of ending it. */
  public boolean singleValued() {
    return this == LT || this == ST || this == UT || this == UR;
  }

  /** The VR of an attribute by the dictionary; UN if it is not there. */
  public static Vr inDictionary(int tag) {
    return ImplicitVr.of(tag, false);
  }

  /** The VR of two letters. */
  public static Optional<Vr> of(String name) {
    boolean letters = name.length() == 2 && isLetter(name.charAt(0)) && isLetter(name.charAt(1));
    return letters ? Optional.ofNullable(BY_LETTERS[place(name)]) : Optional.empty();
  }

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static int place(String name) {
    return LETTERS * (name.charAt(0) - 'A') + name.charAt(1) - 'A';
  }
}
