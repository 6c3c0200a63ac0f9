package org.firstpass.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.database.Database;
import org.firstpass.dataset.CaseOutcome.LeftOut;
import org.firstpass.dataset.CaseOutcome.Written;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data sets of the corrections in {@code firstpass.corrections}, from its beginning to its
 * end as of now.
 *
 * <p>Which corrections count: see {@link AcceptedCorrections}. What becomes of a segment that
 * nobody could assess: see {@link NotAssessableRule}. Which side a patient is on: see {@link
 * SplitLedger}. The same corrections give the same {@link DatasetManifest#hash()} and the same
 * files.
 *
 * <p>Safe for use by many threads and processes, also at the same time.
 */
public final class DatasetExport {
  static final String MANIFEST = "manifest.json";
  static final String CHECKSUMS = "SHA256SUMS";

  private static final Logger LOG = LoggerFactory.getLogger(DatasetExport.class);

  private final StreamConfig stream;
  private final CaseReader reader;
  private final SplitLedger ledger;
  private final SplitRule rule;

  /** Brings the schema {@code dataset} to its newest version. */
  public DatasetExport(ObjectStore store, StreamConfig stream, Database database, SplitRule rule) {
    this.stream = stream;
    this.reader = new CaseReader(store);
    this.ledger = new SplitLedger(database);
    this.rule = rule;
  }

  /**
   * {@link #run(DatasetRequest, Path, ExportProgress)} for the one schema and modality there is.
   */
  public DatasetManifest run(DatasetFormat format, Path target, ExportProgress progress) {
    return run(DatasetRequest.of(format), target, progress);
  }

  /**
   * Writes a data set. The target appears when it is whole, or not at all.
   *
   * @param target a new or an empty folder
   * @throws ExportRefused if something else has to be asked for
   * @throws org.firstpass.failure.Defect if a stored object is gone or contradicts its event
   * @throws org.firstpass.failure.TryAgainLater if broker, database or store do not answer
   */
  public DatasetManifest run(DatasetRequest request, Path target, ExportProgress progress) {
    try (var staging = StagingFolder.beside(target)) {
      DatasetManifest manifest = write(request, new AcceptedCorrections(), staging, progress);
      staging.becomeTarget();
      report(manifest, target);
      return manifest;
    }
  }

  /**
   * Writes a data set again as it was, whatever was accepted since.
   *
   * @param manifest the bytes of its {@code manifest.json}
   * @throws ExportRefused also if what comes out has another hash; nothing is left then
   */
  public DatasetManifest rebuild(byte[] manifest, Path target, ExportProgress progress) {
    DatasetRecipe recipe = DatasetRecipe.of(manifest);
    try (var staging = StagingFolder.beside(target)) {
      var accepted = new AcceptedCorrections(recipe.corrections()::contains);
      DatasetManifest rebuilt = write(recipe.request(), accepted, staging, progress);
      if (!rebuilt.hash().equals(recipe.hash())) {
        throw new ExportRefused(
            Reason.CANNOT_REBUILD,
            "expected manifest " + recipe.hash() + ", but what there is gives " + rebuilt.hash());
      }
      staging.becomeTarget();
      report(rebuilt, target);
      return rebuilt;
    }
  }

  private static void report(DatasetManifest manifest, Path target) {
    LOG.info(
        "data set {} of schema {} version {} written to {}: {} training, {} validation, {} test,"
            + " {} left out, manifest {}",
        manifest.dataset().name(),
        manifest.schema().name(),
        manifest.schema().version(),
        target,
        manifest.count(Split.TRAINING),
        manifest.count(Split.VALIDATION),
        manifest.count(Split.TEST),
        manifest.leftOut().size(),
        manifest.hash());
    for (Split split : Split.values()) {
      if (manifest.count(split) == 0) {
        LOG.warn("data set {} has no case for {} yet", manifest.dataset().name(), split);
      }
    }
  }

  private DatasetManifest write(
      DatasetRequest request,
      AcceptedCorrections accepted,
      StagingFolder staging,
      ExportProgress progress) {
    EventReplay.forEach(stream, Topics.CORRECTIONS, accepted::add);
    DatasetPlan plan = new DatasetPlanner(reader, ledger, rule).plan(request, accepted);
    return write(plan, staging, progress);
  }

  private DatasetManifest write(DatasetPlan plan, StagingFolder staging, ExportProgress progress) {
    DatasetLayout layout = DatasetLayout.of(plan.dataset());
    var labels = new LabelTable(plan.schema());
    var writer = new CaseWriter(reader, staging, layout, labels, rule.secret());
    List<CaseOutcome> outcomes = new CaseWriting(writer, progress).all(plan.cases());
    var written = new ArrayList<DatasetCase>();
    var leftOut = new ArrayList<>(plan.leftOut());
    for (CaseOutcome outcome : outcomes) {
      if (outcome instanceof Written one) {
        written.add(one.datasetCase());
      } else if (outcome instanceof LeftOut one) {
        leftOut.add(one.leftOutCase());
      }
    }
    leaveOutSameImages(written, leftOut, staging);
    var manifest =
        new DatasetManifest(
            DatasetManifest.FORMAT_VERSION,
            plan.dataset(),
            plan.schema(),
            labels.values(),
            written,
            leftOut);
    writeIndex(manifest, layout, staging);
    return manifest;
  }

  private static void leaveOutSameImages(
      List<DatasetCase> written, List<LeftOutCase> leftOut, StagingFolder staging) {
    for (DatasetCase one : SameImages.toLeaveOut(written)) {
      staging.remove(one.files().image().path());
      staging.remove(one.files().label().path());
      written.remove(one);
      leftOut.add(
          new LeftOutCase(
              one.name(),
              one.source().reference().series(),
              one.provenance().correction(),
              LeftOutCase.Reason.SAME_IMAGE_ON_ANOTHER_SIDE,
              "its image " + one.files().image().niftiDigest() + " is another patient's too"));
    }
  }

  private static void writeIndex(
      DatasetManifest manifest, DatasetLayout layout, StagingFolder staging) {
    for (Map.Entry<String, Object> file : layout.indexFiles(manifest).entrySet()) {
      staging.write(file.getKey(), out -> out.write(DatasetJson.write(file.getValue())));
    }
    staging.write(MANIFEST, out -> out.write(manifest.toJson()));
    String checksums = staging.checksums();
    staging.write(CHECKSUMS, out -> out.write(checksums.getBytes(StandardCharsets.UTF_8)));
  }
}
