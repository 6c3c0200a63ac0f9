package org.firstpass.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionLedger;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventCodec;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.foreign.ForeignDesk;
import org.firstpass.foreign.ForeignIntake;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.foreign.ForeignMetrics;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.foreign.ForeignReading;
import org.firstpass.foreign.Senders;
import org.firstpass.postgres.ForeignRows;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ReviewTask;
import org.firstpass.security.Security;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.testing.ForeignSegmentation;
import org.firstpass.testing.ForeignSegmentation.Drawn;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.firstpass.testing.ForeignSegmentation.Place;
import org.firstpass.testing.ForeignStructureSet;

/** Objects of other makers with a real database and a real store, told without a broker. */
final class ForeignFixture implements AutoCloseable {
  static final String WORKSTATION = "READING_ROOM_1";
  static final String READER = "anna";
  private static final long MOST_BYTES = 1 << 20;

  final QueueFixture queue = new QueueFixture();
  final CaseFixture cases;
  final ForeignRows rows = new ForeignRows(queue.database);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Security security = new Security(queue.database.jdbi(), queue.clock);
  private final StoredCases archive;

  ForeignFixture(Path folder) {
    cases = new CaseFixture(folder);
    archive = new StoredCases(cases.store, new CaseMemory(1 << 20));
  }

  void clear() {
    queue.clear();
    queue.database.useTransaction(handle -> handle.execute("truncate review.foreign_object"));
  }

  ForeignDesk desk() {
    return desk(queue.corrections);
  }

  ForeignDesk desk(CorrectionLedger ledger) {
    return desk(ledger, rows);
  }

  ForeignDesk desk(CorrectionLedger ledger, ForeignLedger foreign) {
    var senders = new Senders(Map.of(WORKSTATION, READER));
    var corrections =
        new CorrectionDesk(
            queue.queue, ledger, archive, new CorrectionMetrics(meters), queue.clock);
    var reading =
        new ForeignReading(
            new StoredDrawings(cases.store, new ProposedImages(foreign, queue.queue, cases.store)),
            foreign,
            queue.queue,
            archive,
            senders,
            MOST_BYTES);
    return new ForeignDesk(
        foreign,
        queue.queue,
        corrections,
        reading,
        new ForeignMetrics(meters, foreign),
        queue.clock);
  }

  ForeignIntake intake() {
    return intake(desk());
  }

  ForeignIntake intake(ForeignDesk desk) {
    return new ForeignIntake(rows, desk, cases.store, security.audit(), queue.clock);
  }

  /** A proposal that waits. */
  ProposalMade propose(String name) {
    ProposalMade proposal = cases.proposal(name);
    queue.intake.accept(proposal);
    return proposal;
  }

  /** A proposal whose task the reader holds. */
  ReviewTask.Claimed held(String name) {
    propose(name);
    return queue.queue.claimNext(READER).orElseThrow();
  }

  /** An object on the series of a case. */
  static ForeignSegmentation on(String name) {
    return onAnother(name, CaseFixture.grid(name).frameOfReference().value());
  }

  static ForeignSegmentation onAnother(String name, String frameOfReference) {
    return new ForeignSegmentation(place(name, frameOfReference), CaseFixture.grid(name));
  }

  static ForeignStructureSet structuresOn(String name) {
    String frameOfReference = CaseFixture.grid(name).frameOfReference().value();
    return new ForeignStructureSet(place(name, frameOfReference), CaseFixture.grid(name));
  }

  private static Place place(String name, String frameOfReference) {
    return new Place(
        CaseFixture.uid(name, "study"),
        CaseFixture.uid(name, "series"),
        "PID-" + name,
        frameOfReference,
        CaseFixture.uid(name, "foreign series"));
  }

  /** What is proposed of a segment. */
  static Marked proposed(int segment) {
    short[] labels = CaseFixture.proposedLabels();
    return (column, row, slice) -> labels[CaseFixture.SIZE.index(column, row, slice)] == segment;
  }

  static Drawn tissue(int number, Marked marked) {
    return new Drawn(number, "Segment " + number, ForeignSegmentation.TISSUE, marked);
  }

  static Drawn liver(int number, Marked marked) {
    return new Drawn(number, "Liver", new CodedConcept("10200004", "SCT", "Liver"), marked);
  }

  static Drawn spleen(int number, Marked marked) {
    return new Drawn(number, "Spleen", new CodedConcept("78961009", "SCT", "Spleen"), marked);
  }

  /** The arrival of one file as a series of the patient of a case. */
  SeriesArrived arrival(String name, byte[] file, String sender) {
    return arrival(name, file, Sender.ofAeTitle(sender));
  }

  private SeriesArrived arrival(String name, byte[] file, Sender sender) {
    ObjectReference content = cases.store.put(file, "application/dicom");
    InstanceHeader header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
    var revision =
        new SeriesRevision(
            header.reference(),
            1,
            List.of(
                new InstanceReference(
                    header.instance(), header.sopClass(), content.digest(), content.size())));
    ObjectReference manifest =
        cases.store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    return new SeriesArrived(
        NameBasedUuid.of("series-arrived", revision.hash().hex()),
        queue.clock.instant(),
        new SeriesInput(
            header.reference(), 1, revision.hash(), manifest, new PatientKey("pk-" + name)),
        header.modality(),
        1,
        sender.aeTitle().orElse(null),
        List.of(),
        null,
        sender.reader().orElse(null));
  }

  /** Tells the arrival of a file and answers where it was put. */
  ForeignItem send(String name, byte[] file) {
    return send(name, file, WORKSTATION);
  }

  ForeignItem send(String name, byte[] file, String sender) {
    return send(name, file, Sender.ofAeTitle(sender));
  }

  ForeignItem send(String name, byte[] file, Sender sender) {
    intake().accept(arrival(name, file, sender));
    return item(file);
  }

  ForeignItem item(byte[] file) {
    InstanceHeader header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
    UUID id = ForeignObject.idOf(header.instance(), Sha256.of(file));
    return rows.find(id).orElseThrow();
  }

  List<CorrectionAccepted> corrections() {
    return told(CorrectionAccepted.class);
  }

  /** What the gateway is told, in order. */
  List<ForeignSeriesFiled> filed() {
    return told(ForeignSeriesFiled.class);
  }

  private <E extends FirstpassEvent> List<E> told(Class<E> type) {
    var codec = new EventCodec();
    return queue.outbox.next(1000).stream()
        .map(row -> codec.decode(row.event()))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public void close() {
    security.close();
    archive.close();
    queue.close();
  }
}
