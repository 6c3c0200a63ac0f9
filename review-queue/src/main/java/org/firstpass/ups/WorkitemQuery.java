package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.ACCESSION_NUMBER;
import static org.firstpass.ups.UpsAttribute.CODE_VALUE;
import static org.firstpass.ups.UpsAttribute.CODING_SCHEME_DESIGNATOR;
import static org.firstpass.ups.UpsAttribute.EXPECTED_COMPLETION;
import static org.firstpass.ups.UpsAttribute.HUMAN_PERFORMER_CODES;
import static org.firstpass.ups.UpsAttribute.INPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.INPUT_READINESS;
import static org.firstpass.ups.UpsAttribute.LABEL;
import static org.firstpass.ups.UpsAttribute.MODIFICATION_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.PATIENT_BIRTH_DATE;
import static org.firstpass.ups.UpsAttribute.PATIENT_ID;
import static org.firstpass.ups.UpsAttribute.PATIENT_NAME;
import static org.firstpass.ups.UpsAttribute.PATIENT_SEX;
import static org.firstpass.ups.UpsAttribute.PRIORITY;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_PERFORMERS;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_WORKITEM_CODES;
import static org.firstpass.ups.UpsAttribute.SERIES_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.START_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.STATE;
import static org.firstpass.ups.UpsAttribute.STUDY_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.WORKLIST_LABEL;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.ups.MatchingKey.Kind;

/**
 * A search of the worklist.
 *
 * @param keys what must match, all of them
 * @param included attributes beyond those that every answer has
 * @param limit how many to answer at most
 * @param ownLimit whether the limit is the server's, because none or a larger one was asked for
 * @param fuzzy whether names are matched fuzzily
 * @see "PS3.18 8.3.4, 11.9"
 */
public record WorkitemQuery(
    List<MatchingKey> keys,
    List<UpsAttribute> included,
    int limit,
    int offset,
    boolean ownLimit,
    boolean fuzzy) {
  private static final int MOST = 500;
  private static final int MOST_OFFSET = 1_000_000;
  private static final Set<String> NO_KEYS = Set.of("accept", "charset");

  /** What can be matched, and how. */
  private static final Map<List<UpsAttribute>, Kind> MATCHED =
      Map.ofEntries(
          Map.entry(List.of(SOP_INSTANCE_UID), Kind.LIST),
          Map.entry(List.of(PATIENT_NAME), Kind.SOURCE),
          Map.entry(List.of(PATIENT_ID), Kind.SOURCE),
          Map.entry(List.of(PATIENT_BIRTH_DATE), Kind.SOURCE),
          Map.entry(List.of(PATIENT_SEX), Kind.SOURCE),
          Map.entry(List.of(ACCESSION_NUMBER), Kind.SOURCE),
          Map.entry(List.of(STATE), Kind.TEXT),
          Map.entry(List.of(PRIORITY), Kind.TEXT),
          Map.entry(List.of(INPUT_READINESS), Kind.TEXT),
          Map.entry(List.of(WORKLIST_LABEL), Kind.TEXT),
          Map.entry(List.of(LABEL), Kind.TEXT),
          Map.entry(List.of(STUDY_INSTANCE_UID), Kind.LIST),
          Map.entry(List.of(START_DATE_TIME), Kind.RANGE),
          Map.entry(List.of(MODIFICATION_DATE_TIME), Kind.RANGE),
          Map.entry(List.of(EXPECTED_COMPLETION), Kind.RANGE),
          Map.entry(List.of(SCHEDULED_WORKITEM_CODES, CODE_VALUE), Kind.TEXT),
          Map.entry(List.of(SCHEDULED_WORKITEM_CODES, CODING_SCHEME_DESIGNATOR), Kind.TEXT),
          Map.entry(List.of(SCHEDULED_STATION_NAMES, CODE_VALUE), Kind.TEXT),
          Map.entry(List.of(SCHEDULED_PERFORMERS, HUMAN_PERFORMER_CODES, CODE_VALUE), Kind.TEXT),
          Map.entry(List.of(INPUT_INFORMATION, STUDY_INSTANCE_UID), Kind.LIST),
          Map.entry(List.of(INPUT_INFORMATION, SERIES_INSTANCE_UID), Kind.LIST));

  public WorkitemQuery {
    keys = List.copyOf(keys);
    included = List.copyOf(included);
  }

  /**
   * The search that query parameters ask for.
   *
   * @throws WorklistRefusal MALFORMED if one is not known, cannot be matched or has no such value
   */
  public static WorkitemQuery of(Map<String, List<String>> parameters) {
    var keys = new ArrayList<MatchingKey>();
    var included = new ArrayList<UpsAttribute>();
    int asked = MOST + 1;
    int offset = 0;
    boolean fuzzy = false;
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      String value = String.join(",", parameter.getValue());
      switch (name) {
        case "includefield" -> included.addAll(included(value));
        case "limit" -> asked = number(name, value, 1, Integer.MAX_VALUE);
        case "offset" -> offset = number(name, value, 0, MOST_OFFSET);
        case "fuzzymatching" -> fuzzy = value.equals("true");
        default -> {
          if (!NO_KEYS.contains(name)) {
            keys.add(key(name, value));
          }
        }
      }
    }
    return new WorkitemQuery(keys, included, Math.min(asked, MOST), offset, asked > MOST, fuzzy);
  }

  /**
   * The keys of a filtered subscription: {@code attribute=value}, separated by commas; a comma of a
   * value is {@code %2C}, and what would be taken for that begins with {@code %25}.
   *
   * @see "PS3.18 11.10.1.2"
   */
  static List<MatchingKey> filter(String filter) {
    var keys = new ArrayList<MatchingKey>();
    for (String part : filter.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw WorklistRefusal.malformed(
            "'filter' is a list of attribute=value, separated by commas");
      }
      String value = part.substring(equals + 1).replace("%2C", ",").replace("%25", "%");
      keys.add(key(part.substring(0, equals).strip(), value));
    }
    if (keys.stream().anyMatch(key -> key.kind() == Kind.SOURCE)) {
      throw WorklistRefusal.malformed("a filter does not match a patient or an order");
    }
    return keys;
  }

  /** One part of a {@link #filter}. */
  public static String filterPart(String name, String value) {
    return name + "=" + value.replace("%", "%25").replace(",", "%2C");
  }

  private static MatchingKey key(String name, String value) {
    List<UpsAttribute> path = path(name);
    Kind kind = MATCHED.get(path);
    if (kind == null) {
      throw WorklistRefusal.malformed(
          "attribute "
              + path.stream().map(UpsAttribute::hex).collect(Collectors.joining("."))
              + " is not matched by this worklist");
    }
    return MatchingKey.of(path, kind, value);
  }

  private static List<UpsAttribute> path(String name) {
    var path = new ArrayList<UpsAttribute>();
    for (String part : name.split("\\.", -1)) {
      path.add(
          UpsAttribute.named(part)
              .orElseThrow(
                  () ->
                      WorklistRefusal.malformed(
                          "a query parameter is no attribute of a workitem")));
    }
    return path;
  }

  private static List<UpsAttribute> included(String value) {
    if (value.equals("all")) {
      return List.of(UpsAttribute.values());
    }
    var included = new ArrayList<UpsAttribute>();
    for (String name : value.split(",", -1)) {
      // An attribute that no workitem has is no error: it is not answered.
      UpsAttribute.named(name.strip().split("\\.", 2)[0]).ifPresent(included::add);
    }
    return included;
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(name, least, most);
    }
    throw notANumber(name, least, most);
  }

  private static WorklistRefusal notANumber(String name, int least, int most) {
    return WorklistRefusal.malformed(
        "'" + name + "' is a whole number from " + least + " to " + most);
  }

  /** The same search for what comes after what this one answers. */
  public WorkitemQuery next() {
    return new WorkitemQuery(keys, included, limit, offset + limit, ownLimit, fuzzy);
  }

  /** The states that may match. */
  Set<UpsState> states() {
    var states = EnumSet.allOf(UpsState.class);
    states.removeIf(state -> !matches(stateKeys(), new DataSet().put(STATE, state.value())));
    return states;
  }

  private List<MatchingKey> stateKeys() {
    return keys.stream().filter(key -> key.path().equals(List.of(STATE))).toList();
  }

  List<String> uids() {
    return values(SOP_INSTANCE_UID).map(MatchingKey::list).orElse(List.of());
  }

  List<String> studies() {
    return values(STUDY_INSTANCE_UID).map(MatchingKey::list).orElse(List.of());
  }

  /** What the study of the source must have, as QIDO-RS asks for it; empty for anything. */
  Map<String, List<String>> source() {
    Map<String, List<String>> source = new TreeMap<>();
    keys.stream()
        .filter(key -> key.kind() == Kind.SOURCE)
        .forEach(key -> source.put(key.path().get(0).hex(), List.of(key.value())));
    if (!source.isEmpty() && fuzzy) {
      source.put("fuzzymatching", List.of("true"));
    }
    return source;
  }

  private Optional<String> values(UpsAttribute attribute) {
    return keys.stream()
        .filter(key -> key.path().equals(List.of(attribute)))
        .map(MatchingKey::value)
        .findFirst();
  }

  boolean matches(DataSet workitem) {
    return matches(keys, workitem);
  }

  static boolean matches(List<MatchingKey> keys, DataSet workitem) {
    return keys.stream().allMatch(key -> key.matches(workitem));
  }

  /** Whether the ledger alone can tell what matches. */
  boolean isOfScopeAlone() {
    return keys.stream()
        .allMatch(
            key ->
                key.kind() == Kind.SOURCE
                    || key.path().equals(List.of(SOP_INSTANCE_UID))
                    || key.path().equals(List.of(STUDY_INSTANCE_UID))
                    || key.path().equals(List.of(STATE)));
  }
}
