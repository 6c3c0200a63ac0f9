package org.firstpass.standalone;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.firstpass.delivery.Delivery;

/** Deliveries in words. */
final class DeliveryText {
  private DeliveryText() {}

  /** What of a series went where, in the form of {@code explain}. */
  static void tell(List<Delivery> deliveries, PrintStream out) {
    for (Delivery each : deliveries) {
      out.println("%-24s  %s".formatted(each.changed(), sentence(each)));
      reason(each, out, "                          ");
    }
  }

  /** One delivery of a list. */
  static void line(Delivery each, PrintStream out) {
    out.println("%s  %s  %s".formatted(each.changed(), each.series(), sentence(each)));
    reason(each, out, "    ");
  }

  private static String sentence(Delivery each) {
    String state = each.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String attempts = each.attempts() == 1 ? "1 attempt" : each.attempts() + " attempts";
    String next =
        each.state().isEnd() || each.why().isEmpty() ? "" : ", next attempt " + each.due();
    return "%s to %s: %s, %s%s".formatted(each.object(), each.destination(), state, attempts, next);
  }

  private static void reason(Delivery each, PrintStream out, String indent) {
    each.why()
        .ifPresent(
            why -> {
              out.println(indent + SeriesText.of(why));
              String explanation = each.explanation();
              if (explanation != null) {
                explanation.lines().forEach(line -> out.println(indent + line));
              }
              out.println(indent + "what to do: " + why.advice());
            });
  }
}
