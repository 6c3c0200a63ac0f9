package org.firstpass.model.importing;

/** A question that nobody answered, or whose answer cannot be; the message names its option. */
public final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Question question;

  public WrongAnswer(Question question, String finding) {
    super(
        question.option()
            + " "
            + finding
            + " ("
            + question.text()
            + "; for instance "
            + question.example()
            + ")");
    this.question = question;
  }

  public Question question() {
    return question;
  }
}
