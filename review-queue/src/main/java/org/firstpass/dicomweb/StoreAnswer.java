package org.firstpass.dicomweb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.StudyReference;

/**
 * The Store Instances Response as it grows, instance by instance.
 *
 * <p>Nothing is coerced, so there are no warnings. An instance that is there already is stored.
 *
 * @see "PS3.18 section 10.5.3, annex I"
 */
final class StoreAnswer {
  static final int PROCESSING_FAILURE = 0x0110;
  static final int NOT_AUTHORIZED = 0x0124;
  static final int CLASS_NOT_SUPPORTED = 0x0122;
  static final int OUT_OF_RESOURCES = 0xa700;
  static final int OTHER_STUDY = 0xc409;
  static final int CANNOT_UNDERSTAND = 0xc000;
  static final int SYNTAX_NOT_SUPPORTED = 0xc122;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String root;
  private final ArrayNode stored = JSON.createArrayNode();
  private final ArrayNode failed = JSON.createArrayNode();
  private final ArrayNode otherFailures = JSON.createArrayNode();
  private Optional<String> study = Optional.empty();
  private int passing;

  /**
   * @param root address of the DICOMweb server, without a slash at the end
   */
  StoreAnswer(String root) {
    this.root = root;
  }

  void stored(PostedInstance.Announced instance, Optional<StudyReference> reference) {
    ObjectNode item = item(stored, instance);
    reference.ifPresent(
        in -> {
          study = Optional.of(in.study().value());
          string(
              item,
              "00081190",
              "UR",
              root
                  + "/studies/"
                  + in.study()
                  + "/series/"
                  + in.series()
                  + "/instances/"
                  + instance.instance());
        });
  }

  /**
   * @param instance none if the part does not even say what it is
   */
  void failed(Optional<PostedInstance.Announced> instance, int reason) {
    if (reason == OUT_OF_RESOURCES) {
      passing++;
    }
    ObjectNode item =
        instance.map(known -> item(failed, known)).orElseGet(otherFailures::addObject);
    attribute(item, "00081197", "US").add(reason);
  }

  /** The failure reason of what went wrong. */
  static int reason(RuntimeException failure) {
    ReasonCode code =
        failure instanceof FirstpassFailure known ? known.code() : ReasonCode.UNEXPECTED;
    return switch (code) {
      case OWN_OUTPUT -> NOT_AUTHORIZED;
      case NOT_AN_IMAGE -> CLASS_NOT_SUPPORTED;
      case UNSUPPORTED_TRANSFER_SYNTAX -> SYNTAX_NOT_SUPPORTED;
      default ->
          switch (code.kind()) {
            case TRY_AGAIN -> OUT_OF_RESOURCES;
            case REFUSED -> CANNOT_UNDERSTAND;
            case DEFECT -> PROCESSING_FAILURE;
          };
    };
  }

  int storedCount() {
    return stored.size();
  }

  int failedCount() {
    return failed.size() + otherFailures.size();
  }

  /** 200 if all were stored, 202 if some, 409 if none, 503 if none and all may be sent again. */
  int status() {
    if (failedCount() == 0) {
      return 200;
    }
    if (stored.size() > 0) {
      return 202;
    }
    return passing == failedCount() ? 503 : 409;
  }

  String json() {
    ObjectNode answer = JSON.createObjectNode();
    study.ifPresent(uid -> string(answer, "00081190", "UR", root + "/studies/" + uid));
    sequence(answer, "00081198", failed);
    sequence(answer, "00081199", stored);
    sequence(answer, "0008119A", otherFailures);
    return answer.toString();
  }

  private static ObjectNode item(ArrayNode items, PostedInstance.Announced instance) {
    ObjectNode item = items.addObject();
    string(item, "00081150", "UI", instance.sopClass().value());
    string(item, "00081155", "UI", instance.instance().value());
    return item;
  }

  private static void sequence(ObjectNode answer, String tag, ArrayNode items) {
    if (!items.isEmpty()) {
      answer.putObject(tag).put("vr", "SQ").set("Value", items);
    }
  }

  private static void string(ObjectNode item, String tag, String vr, String value) {
    attribute(item, tag, vr).add(value);
  }

  private static ArrayNode attribute(ObjectNode item, String tag, String vr) {
    return item.putObject(tag).put("vr", vr).putArray("Value");
  }
}
