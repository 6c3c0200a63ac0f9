package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model is, whose it is and what it is for.
 *
 * @param licence SPDX identifier of the weights' licence
 * @param intendedUse what it may be used for, in one or two sentences a radiologist understands
 * @param licenceClass what the licence allows, null if not stated; a worker may be told which it
 *     serves
 * @param source where the weights come from, null if the package is their first home
 */
public record Provenance(
    String title,
    String licence,
    String intendedUse,
    @Nullable String source,
    @Nullable LicenceClass licenceClass) {
  /** A licence of which nothing more is said. */
  public Provenance(String title, String licence, String intendedUse, @Nullable String source) {
    this(title, licence, intendedUse, source, null);
  }

  /** What the licence of the weights allows. */
  public enum LicenceClass {
    /** Any use. */
    OPEN,
    /** Not for money. */
    NON_COMMERCIAL,
    /** Not on patients who are being treated. */
    RESEARCH_ONLY,
    /** What its owner and the site have agreed. */
    BY_AGREEMENT
  }

  public Provenance {
    Requirement.text("about.title", title);
    Requirement.text("about.licence", licence);
    Requirement.text("about.intendedUse", intendedUse);
  }
}
