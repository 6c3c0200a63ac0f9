package org.firstpass.model.importing;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What a person says of a model: by options of the command line, and on a terminal when asked.
 *
 * <p>Not safe for use by several threads.
 */
public final class Answers {
  private final Map<Question, String> given = new EnumMap<>(Question.class);
  private final BiFunction<Question, Optional<String>, Optional<String>> terminal;

  /**
   * @param terminal asks a person, who is shown what holds otherwise; empty if there is nobody
   */
  public Answers(
      Map<Question, String> options,
      BiFunction<Question, Optional<String>, Optional<String>> terminal) {
    given.putAll(options);
    this.terminal = terminal;
  }

  /** Options alone; there is nobody to ask. */
  public static Answers of(Map<Question, String> options) {
    return new Answers(options, (question, otherwise) -> Optional.empty());
  }

  /** What an option says; nobody is asked. */
  public Optional<String> option(Question question) {
    return Optional.ofNullable(given.get(question)).filter(answer -> !answer.isBlank());
  }

  /**
   * The option, or what a person on the terminal says, or what holds otherwise.
   *
   * @param otherwise what the model's files say
   * @throws WrongAnswer if nobody and nothing says it
   */
  public String answer(Question question, Optional<String> otherwise) {
    Optional<String> fallback = otherwise.or(question::fallback);
    Optional<String> answer =
        option(question)
            .or(() -> terminal.apply(question, fallback).filter(said -> !said.isBlank()))
            .or(() -> fallback);
    String found =
        answer.orElseThrow(
            () -> new WrongAnswer(question, "is missing: the model's files do not tell it"));
    given.put(question, found);
    return found;
  }

  /** The option, or what the model's files say, or what holds otherwise; a person is asked last. */
  public String known(Question question, Optional<String> fromFiles) {
    if (option(question).isEmpty() && fromFiles.isPresent()) {
      return fromFiles.get();
    }
    return answer(question, fromFiles);
  }

  /** One of some words, whatever its case. */
  public static <E extends Enum<E>> E word(Question question, Class<E> words, String answer) {
    return Stream.of(words.getEnumConstants())
        .filter(word -> word.name().equals(answer.strip().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongAnswer(
                    question,
                    "must be one of "
                        + List.of(words.getEnumConstants())
                        + ", but is '"
                        + answer
                        + "'"));
  }

  /** A number. */
  public static double number(Question question, String answer) {
    try {
      return Double.parseDouble(answer.strip());
    } catch (NumberFormatException e) {
      throw new WrongAnswer(question, "must be a number, but is '" + answer + "'");
    }
  }

  /** A whole number. */
  public static int wholeNumber(Question question, String answer) {
    try {
      return Integer.parseInt(answer.strip());
    } catch (NumberFormatException e) {
      throw new WrongAnswer(question, "must be a whole number, but is '" + answer + "'");
    }
  }

  /** Texts between commas. */
  public static List<String> list(String answer) {
    return Stream.of(answer.split(",")).map(String::strip).toList();
  }
}
