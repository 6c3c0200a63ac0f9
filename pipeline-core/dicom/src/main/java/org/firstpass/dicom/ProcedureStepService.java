package org.firstpass.dicom;

import java.util.List;
import java.util.function.Predicate;
import org.firstpass.dicom.dataset.DataSet;

/**
 * A worklist of Unified Procedure Steps, as a DIMSE provider asks it. Called by several threads.
 *
 * @see "PS3.4 CC.2"
 */
public interface ProcedureStepService {

  /** N-CREATE: a new step; without a UID it gets one. */
  Answer create(String caller, String uid, DataSet attributes);

  /** N-GET: a step, whole. */
  Answer get(String caller, String uid);

  /** N-SET: changes attributes of a step. */
  Answer set(String caller, String uid, DataSet changes);

  /** N-ACTION, type 1: changes the state of a step. */
  Answer changeState(String caller, String uid, DataSet action);

  /** N-ACTION, type 2: wishes the end of a step. */
  Answer requestCancel(String caller, String uid, DataSet action);

  /** N-ACTION, type 3: wishes that somebody be told of a step, or of those of a worklist. */
  Answer subscribe(String caller, String uid, DataSet action);

  /** N-ACTION, type 4: wishes the end of that. */
  Answer unsubscribe(String caller, String uid, DataSet action);

  /** N-ACTION, type 5: wishes that somebody not be told of steps that are still to come. */
  Answer suspend(String caller, String uid, DataSet action);

  /**
   * C-FIND: hands on each step that matches until it is not taken any more.
   *
   * @return the final status
   */
  Answer find(String caller, DataSet keys, Predicate<DataSet> taken);

  /**
   * What is answered.
   *
   * @param status 0 for success; see PS3.4 CC.2
   * @param uid of the step
   * @param comment of a failure; no patient data
   * @param attributes of the answer, if it has any
   */
  record Answer(int status, String uid, String comment, List<DataSet> attributes) {
    public Answer {
      attributes = List.copyOf(attributes);
    }

    public static Answer success(String uid) {
      return new Answer(0, uid, "", List.of());
    }
  }
}
