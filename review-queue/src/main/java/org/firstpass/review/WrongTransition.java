package org.firstpass.review;

/** A review task was asked to take a state that cannot follow the one it has. */
public final class WrongTransition extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReviewState from;
  private final ReviewState to;

  public WrongTransition(ReviewState from, ReviewState to) {
    super("a review task that is " + from + " cannot become " + to + ", only " + from.next());
    this.from = from;
    this.to = to;
  }

  public ReviewState from() {
    return from;
  }

  public ReviewState to() {
    return to;
  }
}
