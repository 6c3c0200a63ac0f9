package org.firstpass.postgres;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.Interest;
import org.firstpass.segment.Segment;
import org.firstpass.selection.CaseEmbedding;
import org.firstpass.selection.Strategies;
import org.jdbi.v3.core.Handle;

/**
 * The interest in a case, by what was read until now; of one round of {@link Interests}, so that
 * the same is not asked twice.
 */
final class InterestMeasuring {
  /** So many cases stand for all of a schema. */
  private static final int MOST = 1000;

  /** So many second readings are worth half of what they say. */
  private static final double FEW_READINGS = 2;

  private final Handle handle;
  private final Map<String, OfSchema> schemas = new HashMap<>();
  private final Map<List<String>, Integer> readings = new HashMap<>();
  private final Map<List<String>, Optional<Disputed>> disputed = new HashMap<>();

  InterestMeasuring(Handle handle) {
    this.handle = handle;
  }

  /** What is known of the cases of a schema: the latest ones, and which of them were read. */
  private static final class OfSchema {
    private final Map<UUID, double[]> all = new HashMap<>();
    private final Set<UUID> read = new HashSet<>();

    List<double[]> readBeside(UUID task) {
      return read.stream().filter(id -> !id.equals(task)).map(all::get).toList();
    }
  }

  /** 1 before the first reading of a scanner with a protocol, a half after three. */
  Interest novelty(ProposalMade proposal, String scanner) {
    String protocol = Strategies.protocol(proposal);
    int read = readings.computeIfAbsent(List.of(scanner, protocol), this::readingsOf);
    return new Interest(
        Interest.Kind.NOVELTY,
        1 / Math.sqrt(1.0 + read),
        String.format(
            Locale.ROOT,
            "%s with %s was read %d times so far.",
            scanner.isEmpty() ? "An unknown scanner" : scanner,
            protocol,
            read));
  }

  private int readingsOf(List<String> scannerAndProtocol) {
    return handle
        .createQuery(
            "select count(*) from (select from review.case_figure"
                + " where scanner = :scanner and protocol = :protocol limit 10000) counted")
        .bind("scanner", scannerAndProtocol.get(0))
        .bind("protocol", scannerAndProtocol.get(1))
        .mapTo(int.class)
        .one();
  }

  /** How far it is from what was read or is being read; 1 before anything was. */
  Interest diversity(UUID task, ProposalMade proposal) {
    double[] values = CaseEmbedding.of(proposal);
    OfSchema known = schemas.computeIfAbsent(schema(proposal), this::cases);
    known.all.put(task, values);
    List<double[]> read = known.readBeside(task);
    OptionalDouble distance = CaseEmbedding.distance(values, read, List.copyOf(known.all.values()));
    return distance.isEmpty()
        ? new Interest(Interest.Kind.DIVERSITY, 1, "Nothing of this kind was read so far.")
        : new Interest(
            Interest.Kind.DIVERSITY,
            distance.getAsDouble() / (1 + distance.getAsDouble()),
            String.format(
                Locale.ROOT,
                "%.1f standard deviations from the nearest of %d cases read.",
                distance.getAsDouble(),
                read.size()));
  }

  /** Keeps what tells a case from others, whatever the strategy is at the time. */
  static void keep(Handle handle, UUID task, ProposalMade proposal) {
    handle
        .createUpdate(
            "insert into review.case_embedding (task_id, schema, values) values (:id, :schema,"
                + " :values) on conflict do nothing")
        .bind("id", task)
        .bind("schema", schema(proposal))
        .bind("values", CaseEmbedding.of(proposal))
        .execute();
  }

  private static String schema(ProposalMade proposal) {
    return proposal.schema().name() + " " + proposal.schema().version();
  }

  private OfSchema cases(String schema) {
    var cases = new OfSchema();
    handle
        .createQuery(
            """
            select e.task_id, e.values, t.state in ('CLAIMED', 'SUBMITTED', 'ACCEPTED') as read
            from review.case_embedding e join review.task t on t.id = e.task_id
            where e.schema = :schema order by t.changed_at desc limit :most
            """)
        .bind("schema", schema)
        .bind("most", MOST)
        .map(
            (row, context) -> {
              UUID task = row.getObject("task_id", UUID.class);
              Double[] values = (Double[]) row.getArray("values").getArray();
              cases.all.put(task, Arrays.stream(values).mapToDouble(d -> d).toArray());
              if (row.getBoolean("read")) {
                cases.read.add(task);
              }
              return task;
            })
        .list();
    return cases;
  }

  /** What says the most that this case is disputed; nothing if nothing does. */
  Optional<Interest> disagreement(ProposalMade proposal, String scanner) {
    return Stream.of(ofPackages(proposal), ofReaders(proposal, scanner))
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Interest::value));
  }

  /** How little the package in shadow agrees that agrees the least; nothing if none ran. */
  private Optional<Interest> ofPackages(ProposalMade proposal) {
    return handle
        .createQuery(
            """
            select package, segment, dice from review.shadow_agreement
            where series_uid = :series and revision = :revision order by dice limit 1
            """)
        .bind("series", proposal.series().value())
        .bind("revision", proposal.input().revision())
        .map(
            (row, context) ->
                new Interest(
                    Interest.Kind.DISAGREEMENT,
                    1 - row.getDouble("dice"),
                    String.format(
                        Locale.ROOT,
                        "%s in shadow agrees on %s with a Dice of %.2f.",
                        row.getString("package"),
                        proposal
                            .schema()
                            .segment(row.getInt("segment"))
                            .map(Segment::label)
                            .orElse("a segment"),
                        row.getDouble("dice"))))
        .findOne();
  }

  /**
   * How often two readers disagreed on such cases; nothing if they never did. On which segment is
   * not told, since a second reader may see it.
   */
  private Optional<Interest> ofReaders(ProposalMade proposal, String scanner) {
    String protocol = Strategies.protocol(proposal);
    Optional<Disputed> most =
        disputed.computeIfAbsent(List.of(scanner, protocol), this::mostDisputed);
    return most.map(
        one ->
            new Interest(
                Interest.Kind.DISAGREEMENT,
                one.apart() / (one.twice() + FEW_READINGS),
                String.format(
                    Locale.ROOT,
                    "Two readers disagreed on a segment in %d of %d second readings of %s with %s.",
                    one.apart(),
                    one.twice(),
                    scanner.isEmpty() ? "an unknown scanner" : scanner,
                    protocol)));
  }

  /** That a segment was read twice so many times, and kept by one reader only in so many. */
  private record Disputed(int twice, int apart) {}

  private Optional<Disputed> mostDisputed(List<String> scannerAndProtocol) {
    return handle
        .createQuery(
            """
            select twice, apart from (
              select a.label, count(*) as twice, count(*) filter (where
                (a.verdict in ('ACCEPT', 'MINOR')) <> (b.verdict in ('ACCEPT', 'MINOR'))) as apart
              from review.second_reading e
              join review.case_figure f on f.correction = e.correction
              join review.case_figure g on g.task_id = e.task_id
              join review.segment_figure a on a.correction = f.correction
              join review.segment_figure b
                on b.correction = g.correction and b.segment = a.segment
              where f.scanner = :scanner and f.protocol = :protocol
                and a.verdict <> 'NOT_ASSESSABLE' and b.verdict <> 'NOT_ASSESSABLE'
              group by a.label) counted
            where apart > 0 order by apart / (twice + :few) desc, label limit 1
            """)
        .bind("scanner", scannerAndProtocol.get(0))
        .bind("protocol", scannerAndProtocol.get(1))
        .bind("few", FEW_READINGS)
        .map((row, context) -> new Disputed(row.getInt("twice"), row.getInt("apart")))
        .findOne();
  }
}
