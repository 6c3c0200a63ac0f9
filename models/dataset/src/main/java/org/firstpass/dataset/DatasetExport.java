package org.firstpass.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.dataset.CaseOutcome.LeftOut;
import org.firstpass.dataset.CaseOutcome.Written;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.dataset.split.ImageLedger;
import org.firstpass.dataset.split.Sides;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data sets of the corrections in {@code firstpass.corrections}, from its beginning to its
 * end as of now.
 *
 * <p>Which corrections count: see {@link AcceptedCorrections}. What becomes of a segment that
 * nobody could assess: see {@link NotAssessableRule}. Which side a patient is on: see {@link
 * SplitLedger}. The same log gives the same {@link DatasetManifest#hash()} and the same files.
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
  private final ImageLedger images;
  private final DatasetRegister register;
  private final SplitRule rule;
  private final ReaderPseudonyms pseudonyms;
  private final PackageLicences licences;

  /** An export that knows the licence of no package. */
  public DatasetExport(ObjectStore store, StreamConfig stream, Database database, SplitRule rule) {
    this(store, stream, database, rule, PackageLicences.NONE);
  }

  /** Brings the schema {@code dataset} to its newest version. */
  public DatasetExport(
      ObjectStore store,
      StreamConfig stream,
      Database database,
      SplitRule rule,
      PackageLicences licences) {
    this.stream = stream;
    this.reader = new CaseReader(store);
    this.ledger = new SplitLedger(database);
    this.images = new ImageLedger(database);
    this.register = new DatasetRegister(database);
    this.rule = rule;
    this.pseudonyms = new ReaderPseudonyms(rule.secret());
    this.licences = licences;
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
    Selection selection = request.selection();
    var accepted = new AcceptedCorrections(one -> selection.takes(one, pseudonyms), erasures());
    try (var staging = StagingFolder.beside(target)) {
      var assembly = new DatasetAssembly(pseudonyms, licences, null);
      EventReplay.forEachAt(stream, Topics.CORRECTIONS, accepted::add);
      Optional<Parent> parent = parent(request, accepted);
      var making = new Making(request, accepted, assembly, known(staging, parent));
      DatasetManifest manifest = resumable(making, staging, progress);
      finish(manifest, parent.map(Parent::hash), staging, target);
      return manifest;
    }
  }

  /**
   * Writes a data set again as it was, whatever was accepted since, also where neither broker nor
   * database ever saw it: the log, the objects and the secret are enough.
   *
   * <p>Only patients who were erased since, or turned out to be on two sides, are missing; the
   * manifest then says so and has another hash.
   *
   * @param manifest the bytes of its {@code manifest.json}
   * @throws ExportRefused also if what comes out has another hash for no such reason; nothing is
   *     left then
   */
  public DatasetManifest rebuild(byte[] manifest, Path target, ExportProgress progress) {
    DatasetRecipe recipe = DatasetRecipe.of(manifest);
    var accepted =
        new AcceptedCorrections(one -> recipe.corrections().contains(one.id()), erasures());
    try (var staging = StagingFolder.beside(target)) {
      adopt(recipe);
      EventReplay.forEachAt(stream, Topics.CORRECTIONS, accepted::add);
      var assembly = new DatasetAssembly(pseudonyms, licences, recipe.origin());
      // Nothing is shared with an earlier version: what is rebuilt proves that it can be.
      var making =
          new Making(recipe.request(), accepted, assembly, known(staging, Optional.empty()));
      DatasetManifest whole = resumable(making, staging, progress);
      DatasetManifest rebuilt = recipe.formatVersion() == 1 ? whole.inFormatOne() : whole;
      requireSame(recipe, rebuilt, whole);
      finish(rebuilt, Optional.empty(), staging, target);
      return rebuilt;
    }
  }

  private Erasures erasures() {
    return new Erasures(register.erased());
  }

  private void adopt(DatasetRecipe recipe) {
    Optional<PatientKey> elsewhere = ledger.adopt(recipe.ledger());
    if (elsewhere.isPresent()) {
      throw new ExportRefused(
          Reason.CANNOT_REBUILD,
          "the split ledger here has patient " + elsewhere.get() + " on another side");
    }
  }

  private static void requireSame(
      DatasetRecipe recipe, DatasetManifest rebuilt, DatasetManifest whole) {
    if (rebuilt.hash().equals(recipe.hash())) {
      return;
    }
    int erasedBefore = recipe.origin() == null ? 0 : recipe.origin().erased();
    boolean erased = whole.erased() > erasedBefore;
    long heldBack =
        rebuilt.leftOut().stream()
            .filter(one -> one.reason() == LeftOutCase.Reason.SAME_PERSON_ON_ANOTHER_SIDE)
            .count();
    if (!recipe.tombstoned() && !erased && heldBack <= recipe.heldBack()) {
      throw new ExportRefused(
          Reason.CANNOT_REBUILD,
          "expected manifest " + recipe.hash() + ", but what there is gives " + rebuilt.hash());
    }
    LOG.warn(
        "data set {} is rebuilt without {} corrections of erased patients and {} of patients"
            + " who are on two sides: its manifest is {} now",
        recipe.hash(),
        whole.erased(),
        heldBack,
        rebuilt.hash());
  }

  private static DatasetManifest resumable(
      Making making, StagingFolder staging, ExportProgress progress) {
    try {
      return making.into(staging, progress);
    } catch (TryAgainLater e) {
      staging.keep();
      throw e;
    }
  }

  /** The newest data set of this name and format that is still where it was written. */
  private Optional<Parent> parent(DatasetRequest request, AcceptedCorrections accepted) {
    String name = request.nameFor(accepted.choose(request.chosenSchema()));
    for (RegisteredVersion version : register.versions()) {
      if (version.name().equals(name) && version.format().equals(request.format().name())) {
        for (String folder : version.folders()) {
          Optional<byte[]> manifest = manifestOf(version, Path.of(folder));
          if (manifest.isPresent()) {
            return Optional.of(new Parent(version.hash(), Path.of(folder), manifest.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> manifestOf(RegisteredVersion version, Path folder) {
    try {
      byte[] manifest = Files.readAllBytes(folder.resolve(MANIFEST));
      return Optional.of(manifest).filter(bytes -> Sha256.of(bytes).equals(version.hash()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** An earlier version whose files may be shared. */
  private static final class Parent {
    private final Sha256 hash;
    private final Path folder;
    private final byte[] manifest;

    Parent(Sha256 hash, Path folder, byte[] manifest) {
      this.hash = hash;
      this.folder = folder;
      this.manifest = manifest;
    }

    Sha256 hash() {
      return hash;
    }

    void addTo(KnownFiles known) {
      known.addDataset(folder, manifest);
    }
  }

  private static KnownFiles known(StagingFolder staging, Optional<Parent> parent) {
    var known = new KnownFiles();
    parent.ifPresent(one -> one.addTo(known));
    known.addUnfinished(staging.cases());
    return known;
  }

  private void finish(
      DatasetManifest manifest, Optional<Sha256> parent, StagingFolder staging, Path target) {
    writeIndex(manifest, DatasetLayout.of(manifest.dataset()), staging);
    staging.becomeTarget();
    register.note(manifest.toJson(), parent, target);
    report(manifest, target);
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

  /** One data set as it comes to be. */
  private final class Making {
    private final DatasetRequest request;
    private final AcceptedCorrections accepted;
    private final DatasetAssembly assembly;
    private final KnownFiles known;

    Making(
        DatasetRequest request,
        AcceptedCorrections accepted,
        DatasetAssembly assembly,
        KnownFiles known) {
      this.request = request;
      this.accepted = accepted;
      this.assembly = assembly;
      this.known = known;
    }

    DatasetManifest into(StagingFolder staging, ExportProgress progress) {
      DatasetPlan plan = new DatasetPlanner(reader).plan(request, accepted);
      var labels = new LabelTable(plan.schema());
      double minAgreement = request.selection().minAgreement();
      CaseFiles files =
          switch (request.format()) {
            case COCO -> new CocoFiles(reader, staging, labels, images);
            case DICOM -> new DicomFiles(reader, staging, labels, images);
            case NNUNET, MONAI, BIDS, WEBDATASET ->
                new NiftiFiles(reader, staging, labels, images, known);
          };
      var writer = new CaseWriter(reader, files, pseudonyms, minAgreement);
      var written = new ArrayList<WrittenCase>();
      var leftOut = new ArrayList<>(plan.leftOut());
      for (CaseOutcome outcome : new CaseWriting(writer, progress).all(plan.cases())) {
        if (outcome instanceof Written one) {
          written.add(one.writtenCase());
        } else if (outcome instanceof LeftOut one) {
          leftOut.add(one.leftOutCase());
        }
      }
      written.sort(Comparator.comparing(one -> one.planned().name()));
      Sides sides = sides(written);
      List<DatasetCase> cases = place(plan, written, sides, leftOut, staging);
      SchemaChoice choice = SchemaChoice.of(plan.schema());
      DatasetOrigin origin =
          assembly.origin(request, accepted.weighed(choice), accepted.erased(choice), sides, cases);
      return new DatasetManifest(
          DatasetManifest.FORMAT_VERSION,
          plan.dataset(),
          plan.schema(),
          labels.values(),
          origin,
          cases,
          leftOut);
    }

    private Sides sides(List<WrittenCase> written) {
      return ledger.decide(written.stream().map(WrittenCase::patient).distinct().toList(), rule);
    }

    private List<DatasetCase> place(
        DatasetPlan plan,
        List<WrittenCase> written,
        Sides sides,
        List<LeftOutCase> leftOut,
        StagingFolder staging) {
      DatasetLayout layout = DatasetLayout.of(plan.dataset());
      var cases = new ArrayList<DatasetCase>();
      var numbers = new EnumMap<Split, Integer>(Split.class);
      for (WrittenCase one : written) {
        if (DatasetAssembly.isHeldBack(one, sides)) {
          leftOut.add(DatasetAssembly.heldBack(one, sides));
          continue;
        }
        Split split = sides.of(one.patient());
        int number = numbers.merge(split, 1, Integer::sum) - 1;
        var place = new CasePlace(one.planned().name(), split, one.patient(), number);
        DatasetCase placed = assembly.placed(one, place, layout);
        layout.place(placed, staging);
        cases.add(placed);
      }
      return cases;
    }
  }

  private static void writeIndex(
      DatasetManifest manifest, DatasetLayout layout, StagingFolder staging) {
    layout.gather(manifest, staging);
    staging.removeCases();
    for (Map.Entry<String, Object> file : layout.indexFiles(manifest).entrySet()) {
      byte[] content =
          file.getValue() instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : DatasetJson.write(file.getValue());
      staging.write(file.getKey(), out -> out.write(content));
    }
    staging.write(MANIFEST, out -> out.write(manifest.toJson()));
    String checksums = staging.checksums();
    staging.write(CHECKSUMS, out -> out.write(checksums.getBytes(StandardCharsets.UTF_8)));
  }
}
