package org.firstpass.dicomweb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.database.Database;
import org.firstpass.http.ApiRefusal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Queries of the index. Safe for use by many threads. */
final class QueryRows {
  private static final String FROM_STUDY = " from dicomweb.study st";
  private static final String FROM_SERIES =
      " from dicomweb.series se join dicomweb.study st using (study_uid)";
  private static final String FROM_INSTANCE =
      " from dicomweb.instance i join dicomweb.series se using (study_uid, series_uid)"
          + " join dicomweb.study st using (study_uid)";

  private static final String OF_STUDY =
      "st.attributes as study_attributes,"
          + " (select count(*) from dicomweb.series x where x.study_uid = st.study_uid)"
          + " as series_count,"
          + " (select count(*) from dicomweb.instance x where x.study_uid = st.study_uid)"
          + " as instance_count,"
          + " (select array_to_string(array_agg(distinct x.modality order by x.modality), '\\')"
          + " from dicomweb.series x where x.study_uid = st.study_uid) as modalities";
  private static final String OF_SERIES =
      OF_STUDY
          + ", se.attributes as series_attributes,"
          + " (select count(*) from dicomweb.instance x where x.study_uid = st.study_uid"
          + " and x.series_uid = se.series_uid) as series_instance_count";
  private static final String OF_INSTANCE =
      OF_SERIES + ", i.attributes as instance_attributes, i.transfer_syntax as transfer_syntax";

  private static final String MODALITIES = "00080061";

  private final Database database;

  QueryRows(Database database) {
    this.database = database;
  }

  /**
   * A part of the results, and how many there are behind it.
   *
   * @param rows by column name
   */
  record Found(List<Map<String, String>> rows, long remaining) {}

  Found find(org.firstpass.dicomweb.Query query) {
    var where = new Where(query);
    String from =
        switch (query.level()) {
          case STUDY -> FROM_STUDY;
          case SERIES -> FROM_SERIES;
          case INSTANCE -> FROM_INSTANCE;
        };
    String columns =
        switch (query.level()) {
          case STUDY -> OF_STUDY;
          case SERIES -> OF_SERIES;
          case INSTANCE -> OF_INSTANCE;
        };
    String order =
        switch (query.level()) {
          case STUDY -> " order by st.study_date desc, st.study_uid";
          case SERIES -> " order by st.study_uid, se.number, se.series_uid";
          case INSTANCE ->
              " order by st.study_uid, se.number, se.series_uid, i.number, i.instance_uid";
        };
    String page = " limit :limit offset :offset";
    return database.inTransaction(
        handle -> {
          long all =
              where.bind(handle, "select count(*)" + from + where.text()).mapTo(Long.class).one();
          List<Map<String, String>> rows =
              where
                  .bind(handle, "select " + columns + from + where.text() + order + page)
                  .bind("limit", query.page().limit())
                  .bind("offset", query.page().offset())
                  .map((row, context) -> strings(row))
                  .list();
          long behind = all - query.page().offset() - rows.size();
          return new Found(rows, Math.max(0, behind));
        });
  }

  /**
   * The UIDs of the studies that match.
   *
   * @throws ApiRefusal 400 if they are more than a query of studies answers
   */
  List<String> studies(org.firstpass.dicomweb.Query query) {
    var where = new Where(query);
    String sql = "select st.study_uid" + FROM_STUDY + where.text() + " limit :limit";
    List<String> found =
        database.inTransaction(
            handle ->
                where
                    .bind(handle, sql)
                    .bind("limit", query.page().limit() + 1)
                    .mapTo(String.class)
                    .list());
    if (found.size() > query.page().limit()) {
      throw new ApiRefusal(400, "TOO_MANY_MATCHES", "too many studies match: narrow the search");
    }
    return found;
  }

  private static Map<String, String> strings(java.sql.ResultSet row) throws java.sql.SQLException {
    Map<String, String> values = new TreeMap<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      String value = row.getString(column);
      values.put(row.getMetaData().getColumnLabel(column), value == null ? "" : value);
    }
    return values;
  }

  /** The conditions as SQL; every value is bound, none becomes part of the text. */
  private static final class Where {
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> values = new TreeMap<>();

    Where(org.firstpass.dicomweb.Query query) {
      query
          .study()
          .ifPresent(
              study -> {
                parts.add("st.study_uid = :inStudy");
                values.put("inStudy", study);
              });
      query
          .series()
          .ifPresent(
              series -> {
                parts.add("se.series_uid = :inSeries");
                values.put("inSeries", series);
              });
      query.conditions().forEach(this::add);
    }

    String text() {
      return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
    }

    Query bind(Handle handle, String statement) {
      Query query = handle.createQuery(statement);
      values.forEach(
          (name, value) -> {
            if (value instanceof String[] array) {
              query.bindArray(name, String.class, (Object[]) array);
            } else {
              query.bind(name, value);
            }
          });
      return query;
    }

    private void add(Condition condition) {
      String name = "c" + parts.size();
      String terms = condition.level().alias() + ".terms -> :" + name + "k";
      values.put(name + "k", condition.key());
      if (condition.key().equals(MODALITIES)) {
        values.remove(name + "k");
        values.put(name, array(condition.values()));
        parts.add(
            "exists (select 1 from dicomweb.series x where x.study_uid = st.study_uid"
                + " and x.modality = any(:"
                + name
                + "))");
        return;
      }
      switch (condition.kind()) {
        case SINGLE -> single(condition, name);
        case NAME, NAME_WILDCARD, WILDCARD -> {
          values.put(name, array(condition.values().stream().map(Where::pattern).toList()));
          String like = condition.kind() == Condition.Kind.WILDCARD ? "like" : "ilike";
          parts.add(any(terms, "v " + like + " any(:" + name + ")"));
        }
        case RANGE -> range(condition, name, terms);
        case FUZZY -> {
          int word = 0;
          for (String value : condition.values()) {
            String bound = name + "w" + word++;
            values.put(bound, escaped(value) + "%");
            parts.add(any(terms, "v like :" + bound));
          }
        }
      }
    }

    private void single(Condition condition, String name) {
      String alias = condition.level().alias();
      values.remove(name + "k");
      List<String> alternatives = new ArrayList<>();
      int number = 0;
      for (String value : condition.values()) {
        String bound = name + "v" + number++;
        values.put(bound, "{\"" + condition.key() + "\":[" + quoted(value) + "]}");
        alternatives.add(alias + ".terms @> cast(:" + bound + " as jsonb)");
      }
      parts.add("(" + String.join(" or ", alternatives) + ")");
    }

    private void range(Condition condition, String name, String terms) {
      List<String> ends = new ArrayList<>();
      String from = condition.values().get(0);
      String to = condition.values().get(1);
      if (!from.isEmpty()) {
        values.put(name + "a", from);
        ends.add("v collate \"C\" >= :" + name + "a");
      }
      if (!to.isEmpty()) {
        values.put(name + "b", to);
        ends.add("v collate \"C\" <= :" + name + "b");
      }
      parts.add(any(terms, String.join(" and ", ends)));
    }

    private static String any(String terms, String condition) {
      return "exists (select 1 from jsonb_array_elements_text("
          + terms
          + ") v where "
          + condition
          + ")";
    }

    private static String[] array(List<String> values) {
      return values.toArray(String[]::new);
    }

    private static String pattern(String value) {
      return escaped(value).replace('*', '%').replace('?', '_');
    }

    private static String escaped(String value) {
      return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String quoted(String value) {
      return com.fasterxml.jackson.databind.node.TextNode.valueOf(value).toString();
    }
  }
}
