package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model is, whose it is and what it is for.
 *
 * @param licence SPDX identifier of the weights' licence
 * @param intendedUse what it may be used for, in one or two sentences a radiologist understands
 * @param source where the weights come from, null if the package is their first home
 */
public record Provenance(
    String title, String licence, String intendedUse, @Nullable String source) {
  public Provenance {
    Requirement.text("about.title", title);
    Requirement.text("about.licence", licence);
    Requirement.text("about.intendedUse", intendedUse);
  }
}
