package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.EffortHistory;
import org.firstpass.review.ReviewWorklist;
import org.firstpass.review.ReviewWorklist.Choices;
import org.firstpass.review.ReviewWorklist.Entry;
import org.firstpass.review.ReviewWorklist.Page;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.StudyIndex;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistSection;
import org.firstpass.security.AuditAction;
import org.firstpass.security.Identity;
import org.firstpass.security.RepeatedAccess;
import org.firstpass.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/worklist}: pages of tasks by filter and search, and what the next claim would give.
 */
public final class WorklistRoutes {
  /** Who may know which study a request led to. */
  private static final List<Role> MAY_NAME_REQUESTS =
      List.of(Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR);

  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final int MOST_COUNTED = 100_000;

  /** Who gets more is still typing. */
  private static final int MOST_FOUND = 1_000;

  /** A number that so many requests begin with is not typed to its end yet. */
  private static final int MOST_REQUESTS = 500;

  private final ReviewWorklist worklist;
  private final EffortHistory.Source efforts;
  private final StudyIndex studies;
  private final RepeatedAccess audit;
  private final Consumer<ProposalMade> foreseen;

  /**
   * @param foreseen is told what a reader would be given, and may be about to open
   */
  public WorklistRoutes(
      ReviewWorklist worklist,
      EffortHistory.Source efforts,
      StudyIndex studies,
      RepeatedAccess audit,
      Consumer<ProposalMade> foreseen) {
    this.worklist = worklist;
    this.efforts = efforts;
    this.studies = studies;
    this.audit = audit;
    this.foreseen = foreseen;
  }

  /**
   * @param next shown as {@code after} for the page that follows; null if none does
   * @param count of all pages, only with the first one; not above {@value #MOST_COUNTED}, of a
   *     search not above {@value #MOST_FOUND}
   */
  record PageView(List<WorklistEntry> tasks, @Nullable String next, @Nullable Long count) {}

  /** Before the routes of single tasks, whose path would take "next" for an id. */
  public void install(RoutesConfig routes) {
    routes.post("/api/worklist", this::page, AccessGate.allowViewers());
    routes.get("/api/worklist/choices", this::choices, AccessGate.allowViewers());
    routes.get("/api/tasks/next", this::next, AccessGate.allowReaders());
  }

  private void page(Context context) {
    var query = WorklistQuery.of(RequestParts.json(context.body()));
    Identity caller = AccessGate.identity(context);
    WorklistFilter filter =
        query
            .wishes()
            .filter(
                query.kind(), caller.subject(), query.search().map(text -> search(text, caller)));
    // Whoever looks for one case wants it wherever it is.
    boolean searching = query.search().isPresent();
    WorklistSection section = searching ? WorklistSection.ALL : query.section();
    Optional<Place> after = query.paging().after();
    Page page = found(section, filter, query.paging());
    List<Entry> first = section == WorklistSection.NEXT ? first(filter, caller) : List.<Entry>of();
    EffortHistory history = efforts.latest();
    context.json(
        new PageView(
            led(first, after.isEmpty(), page.entries()).stream()
                .map(entry -> WorklistEntry.from(entry, history))
                .toList(),
            page.last().map(WorklistQuery::word).orElse(null),
            after.isPresent()
                ? null
                : worklist.count(section, filter, searching ? MOST_FOUND : MOST_COUNTED)));
  }

  /**
   * What stands before everything else: what a claim would give this reader now, where nothing is
   * filtered, and what a colleague handed to the reader, which a filter does not hide.
   */
  private List<Entry> first(WorklistFilter filter, Identity caller) {
    boolean reads = caller.roles().contains(Role.RADIOLOGIST);
    Optional<Entry> next =
        reads && filter.equals(WorklistFilter.NONE)
            ? worklist.next(caller.subject())
            : Optional.empty();
    return distinct(Stream.concat(next.stream(), worklist.handedTo(caller.subject()).stream()));
  }

  private static List<Entry> led(List<Entry> first, boolean begins, List<Entry> page) {
    if (begins) {
      return distinct(Stream.concat(first.stream(), page.stream()));
    }
    Set<UUID> before = first.stream().map(WorklistRoutes::task).collect(Collectors.toSet());
    return page.stream().filter(entry -> !before.contains(task(entry))).toList();
  }

  private static List<Entry> distinct(Stream<Entry> entries) {
    var seen = new HashSet<UUID>();
    return entries.filter(entry -> seen.add(task(entry))).toList();
  }

  private static UUID task(Entry entry) {
    return entry.row().task().id();
  }

  private Page found(WorklistSection section, WorklistFilter filter, WorklistQuery.Paging paging) {
    try {
      return worklist.page(section, filter, paging.after(), paging.limit());
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'after' belongs to a page of another section");
    }
  }

  private WorklistFilter.Search search(String text, Identity caller) {
    boolean uid = UID.matcher(text).matches();
    boolean mayName = MAY_NAME_REQUESTS.stream().anyMatch(caller.roles()::contains);
    if (mayName) {
      // What for is not written: it may be an accession number.
      audit.record(caller.subject(), AuditAction.STUDIES_QUERIED, "");
    }
    return new WorklistFilter.Search(
        uid ? Optional.of(text) : Optional.empty(),
        mayName ? studiesOfRequest(text) : List.of(),
        uid ? studies.seriesOfInstance(text) : List.of());
  }

  // Most departments write their numbers in capitals, and nobody types them so.
  private List<String> studiesOfRequest(String text) {
    List<String> found = studies.studiesOfRequest(text, MOST_REQUESTS);
    String capitals = text.toUpperCase(Locale.ROOT);
    return found.isEmpty() && !capitals.equals(text)
        ? studies.studiesOfRequest(capitals, MOST_REQUESTS)
        : found;
  }

  private void choices(Context context) {
    Choices choices = worklist.choices();
    context.json(choices);
  }

  private void next(Context context) {
    worklist
        .next(AccessGate.identity(context).subject())
        .ifPresentOrElse(
            entry -> {
              foreseen.accept(entry.row().task().subject().proposal());
              context.json(WorklistEntry.from(entry, efforts.latest()));
            },
            () -> context.status(204));
  }
}
