package org.firstpass.fuzz.net;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.dicom.ProcedureStepService;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;

/** The worklist by DIMSE; what it is sent it gives back. Safe for use by several threads. */
final class WorklistDoor implements Door {
  static final String AE_TITLE = "WORKLIST";
  static final List<String> SOP_CLASSES =
      List.of(
          "1.2.840.10008.5.1.4.34.6.1",
          "1.2.840.10008.5.1.4.34.6.2",
          "1.2.840.10008.5.1.4.34.6.3",
          "1.2.840.10008.5.1.4.34.6.5",
          ScpTarget.VERIFICATION);

  private final ProcedureStepScp scp;

  WorklistDoor() {
    var place = ProcedureStepScp.Place.of(AE_TITLE, "127.0.0.1", 0, Set.of("FUZZ"));
    scp = new ProcedureStepScp(place, new Mirror());
    scp.start();
  }

  @Override
  public int port() {
    return scp.port();
  }

  @Override
  public int openAssociations() {
    return scp.openAssociations();
  }

  @Override
  public int openConnections() {
    return scp.openConnections();
  }

  @Override
  public int instancesUnderWay() {
    return 0;
  }

  @Override
  public byte @Nullable [] taken(String instance) {
    return null;
  }

  /** Answers with what it was asked. */
  private static final class Mirror implements ProcedureStepService {
    private static Answer answer(String uid, DataSet attributes) {
      if (uid.endsWith("2")) {
        throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "away for the test");
      }
      if (uid.endsWith("3")) {
        throw new IllegalStateException("failed for the test");
      }
      return new Answer(0, uid, "", List.of(attributes));
    }

    @Override
    public Answer create(String caller, String uid, DataSet attributes) {
      return answer(uid, attributes);
    }

    @Override
    public Answer get(String caller, String uid) {
      return answer(uid, new DataSet());
    }

    @Override
    public Answer set(String caller, String uid, DataSet changes) {
      return answer(uid, changes);
    }

    @Override
    public Answer changeState(String caller, String uid, DataSet action) {
      return answer(uid, action);
    }

    @Override
    public Answer requestCancel(String caller, String uid, DataSet action) {
      return answer(uid, action);
    }

    @Override
    public Answer subscribe(String caller, String uid, DataSet action) {
      return answer(uid, action);
    }

    @Override
    public Answer unsubscribe(String caller, String uid, DataSet action) {
      return answer(uid, action);
    }

    @Override
    public Answer suspend(String caller, String uid, DataSet action) {
      return answer(uid, action);
    }

    @Override
    public Answer find(String caller, DataSet keys, Predicate<DataSet> taken) {
      // Two matches, if the first one is taken.
      boolean more = taken.test(keys);
      return new Answer(more && taken.test(new DataSet()) ? 0 : 0xFE00, "", "", List.of());
    }
  }
}
