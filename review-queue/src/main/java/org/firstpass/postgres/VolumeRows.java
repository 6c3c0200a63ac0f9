package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.firstpass.correction.AcceptedVolumes;
import org.firstpass.correction.UsualVolume;
import org.firstpass.correction.UsualVolume.Quartiles;
import org.firstpass.database.Database;
import org.firstpass.event.ProposalMade;

/**
 * Volumes of accepted corrections, out of the rows of {@code review.revision}. Safe for use by many
 * threads and processes.
 */
public final class VolumeRows implements AcceptedVolumes {
  /** The latest ones show how the package works now, and an answer does not wait for thousands. */
  private static final int MOST_CASES = 1000;

  // A revision knows voxels; how large one is follows from what the proposal said of its segments.
  private static final String QUARTILES =
      """
      with latest as (
        select distinct on (r.task_id) r.base_proposal, r.outcome, r.at
        from review.revision r join review.task t on t.id = r.task_id
        where r.kind = 'ACCEPTED' and t.package_name = :package and t.series_uid <> :series
        order by r.task_id, r.number desc),
      recent as (
        select l.outcome::json as outcome, p.event::json as event
        from (select * from latest order by at desc limit :most) l
        join review.proposal p on p.id = l.base_proposal),
      measured as (
        select outcome, (
          select max((score ->> 'volumeMl')::float8 / (score ->> 'voxels')::float8)
          from json_array_elements(event -> 'scores') score
          where (score ->> 'voxels')::bigint > 0) as voxel_ml
        from recent
        where event -> 'schema' ->> 'name' = :schema
          and (event -> 'schema' ->> 'version')::int = :version),
      volumes as (
        select voxels.key::int as segment, ln(voxels.value::float8 * voxel_ml) as log_ml
        from measured cross join json_each_text(outcome -> 'voxels') voxels
        where voxel_ml > 0 and voxels.value::bigint > 0
          and not exists (
            select from json_array_elements(outcome -> 'decisions') decision
            where decision ->> 'verdict' = 'NOT_ASSESSABLE'
              and decision ->> 'segmentNumber' = voxels.key))
      select segment, count(*) as cases,
        (select count(*) from measured where voxel_ml > 0) as all_cases,
        percentile_cont(0.25) within group (order by log_ml) as lower,
        percentile_cont(0.5) within group (order by log_ml) as median,
        percentile_cont(0.75) within group (order by log_ml) as upper
      from volumes group by segment order by segment
      """;

  private final Database database;

  public VolumeRows(Database database) {
    this.database = database;
  }

  @Override
  public List<UsualVolume> usualFor(ProposalMade proposal) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(QUARTILES)
                .bind("package", proposal.modelPackage().name())
                .bind("series", proposal.input().reference().series().value())
                .bind("schema", proposal.schema().name())
                .bind("version", proposal.schema().version())
                .bind("most", MOST_CASES)
                .map((row, context) -> usual(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  private static Optional<UsualVolume> usual(ResultSet row) throws SQLException {
    return UsualVolume.of(
        row.getInt("segment"),
        row.getInt("cases"),
        row.getInt("all_cases"),
        new Quartiles(row.getDouble("lower"), row.getDouble("median"), row.getDouble("upper")));
  }
}
