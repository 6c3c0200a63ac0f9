package org.firstpass.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;
import org.firstpass.study.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to store: instance by instance through the door, and what became of each. */
final class Storing {
  private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
  private static final int MOST_INSTANCES = 100_000;

  private final Optional<String> study;
  private final Sender sender;
  private final InstanceReceiver receiver;
  private final PostedIndex index;
  private final StoreAnswer answer;

  /** Opens the file of one instance. */
  private interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * @param study that every instance must be of, if the path names one
   */
  Storing(
      Optional<String> study,
      Sender sender,
      InstanceReceiver receiver,
      PostedIndex index,
      String root) {
    this.study = study;
    this.sender = sender;
    this.receiver = receiver;
    this.index = index;
    this.answer = new StoreAnswer(root);
  }

  StoreAnswer answer() {
    return answer;
  }

  /** Parts that are DICOM files. */
  void files(MultipartParts parts) throws IOException {
    Optional<MultipartParts.Part> part = parts.next();
    while (part.isPresent()) {
      MultipartParts.Part file = part.orElseThrow();
      store(Optional.empty(), () -> dicom(file));
      part = parts.next();
    }
  }

  /** A part of DICOM JSON, and parts of bulk data. */
  void json(MultipartParts parts) throws IOException {
    try (PostedJson posted = PostedJson.read(parts)) {
      for (JsonDataSet instance : posted.instances()) {
        store(announced(instance), () -> posted.open(instance));
      }
    } catch (StudyRefused e) {
      answer.failed(Optional.empty(), StoreAnswer.reason(e));
    }
  }

  private void store(Optional<PostedInstance.Announced> known, Opening file) throws IOException {
    if (answer.storedCount() + answer.failedCount() == MOST_INSTANCES) {
      throw new ApiRefusal(413, "TOO_MANY_INSTANCES", "at most " + MOST_INSTANCES + " at a time");
    }
    Optional<PostedInstance.Announced> announced = known;
    try (InputStream bytes = file.open()) {
      StoredDataSet stored = StoredDataSet.of(bytes);
      announced = Optional.of(PostedInstance.announced(stored));
      PostedInstance posted = PostedInstance.of(stored);
      announced = Optional.of(posted.announced());
      if (isElsewhere(posted)) {
        answer.failed(announced, StoreAnswer.OTHER_STUDY);
        return;
      }
      index.receive(receiver, posted.incoming().from(sender));
      answer.stored(posted.announced(), posted.reference());
    } catch (FirstpassFailure e) {
      LOG.warn("a posted instance is not stored: {} {}", e.code().code(), e.getMessage());
      answer.failed(announced, StoreAnswer.reason(e));
    } catch (RuntimeException e) {
      // The message of a foreign exception may hold anything, so only its type is logged.
      LOG.error("a posted instance is not stored: {}", e.getClass().getName());
      answer.failed(announced, StoreAnswer.reason(e));
    }
  }

  private boolean isElsewhere(PostedInstance posted) {
    return study.isPresent() && !posted.reference().map(in -> in.study().value()).equals(study);
  }

  private static InputStream dicom(MultipartParts.Part part) {
    String type = part.header("content-type");
    List<AcceptedType> types = AcceptedType.parse(type);
    if (!type.isEmpty() && (types.isEmpty() || !types.get(0).type().equals(InstanceFormat.DICOM))) {
      throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "expected a part of application/dicom");
    }
    return part.content();
  }

  private static Optional<PostedInstance.Announced> announced(JsonDataSet instance) {
    try {
      return Optional.of(instance.announced());
    } catch (StudyRefused e) {
      return Optional.empty();
    }
  }
}
