package org.firstpass.evaluation;

/** By what cases are told apart, beside all of them together. */
public enum Trait {
  SCANNER("Scanner"),
  SEX("Sex"),
  AGE_BAND("Age band"),
  SITE("Site");

  private final String title;

  Trait(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
