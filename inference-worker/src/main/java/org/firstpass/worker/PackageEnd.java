package org.firstpass.worker;

import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.Defect;
import org.firstpass.failure.StudyRefused;

/** What came of one package over one series. */
sealed interface PackageEnd {

  SeriesInput input();

  default Optional<UUID> proposal() {
    return Optional.empty();
  }

  default Optional<StudyRefused> refusal() {
    return Optional.empty();
  }

  default Optional<Defect> defect() {
    return Optional.empty();
  }

  default boolean isMade() {
    return proposal().isPresent();
  }

  /** Tells it, if that was not done when it was made. */
  void tell(Telling telling);

  /** A proposal, which was told when it was stored. */
  record Made(SeriesInput input, UUID id) implements PackageEnd {
    @Override
    public Optional<UUID> proposal() {
      return Optional.of(id);
    }

    @Override
    public void tell(Telling telling) {}
  }

  /** Nothing, because of the series. */
  record Refused(SeriesInput input, StudyRefused reason, ObjectReference story)
      implements PackageEnd {
    @Override
    public Optional<StudyRefused> refusal() {
      return Optional.of(reason);
    }

    @Override
    public void tell(Telling telling) {
      telling.refused(input, reason, story);
    }
  }

  /** Nothing, because something does not work. */
  record Failed(SeriesInput input, Defect reason) implements PackageEnd {
    @Override
    public Optional<Defect> defect() {
      return Optional.of(reason);
    }

    @Override
    public void tell(Telling telling) {
      telling.failed(input, reason);
    }
  }
}
