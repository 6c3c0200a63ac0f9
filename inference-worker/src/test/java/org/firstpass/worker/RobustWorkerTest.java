package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.Device;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a real broker, and everything that a package can do to them. */
final class RobustWorkerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long MEBIBYTE = 1 << 20;

  private static FileObjectStore store;

  @TempDir private Path folder;
  private final Map<SeriesInstanceUid, FirstpassEvent> ends = new ConcurrentHashMap<>();
  private TestBroker broker;
  private EventPublisher publisher;
  private EventLoop outcomes;

  /** One for all: making its folders takes longer than a test. */
  @BeforeAll
  static void store(@TempDir Path shared) {
    store = new FileObjectStore(shared);
  }

  @BeforeEach
  void open() {
    broker = TestBroker.isolated();
    publisher = new EventPublisher(broker.config(), "/firstpass/test");
    outcomes =
        new EventLoop(
            new EventLoopConfig(broker.config(), Topics.PROPOSALS, "robust-outcomes"),
            this::remember,
            new SimpleMeterRegistry());
    outcomes.start();
  }

  @AfterEach
  void close() {
    outcomes.close();
    publisher.close();
    broker.close();
  }

  @Test
  void everySeriesEndsWithACodeAndTheNextOneIsWell() throws IOException {
    seal("good", "good", new GridSpec.Source(), pointwise());
    seal("hungry", "hungry", new GridSpec.Source(), hungry());
    seal("slow", "slow", cube(256), slow());
    seal("nan", "poison", new GridSpec.Source(), logarithm());
    try (Worker worker = worker(Duration.ofSeconds(1))) {
      worker.start();
      assertInstanceOf(ProposalMade.class, handle("1", "good"));
      long before = residentBytes();
      requireFailed(ReasonCode.OUT_OF_MEMORY, "2", "hungry");
      assertInstanceOf(ProposalMade.class, handle("3", "good"));
      requireFailed(ReasonCode.INFERENCE_TIMED_OUT, "4", "slow");
      requireFailed(ReasonCode.OUTPUT_NOT_FINITE, "5", "poison");
      assertInstanceOf(ProposalMade.class, handle("6", "good"));
      assertTrue(worker.healthy());
      System.gc();
      long grown = residentBytes() - before;
      assertTrue(grown < 300 * MEBIBYTE, "memory came back but for " + grown / MEBIBYTE + " MiB");
    }
  }

  @Test
  void aHeapThatIsTooSmallEndsTheSeriesAndNotTheWorker() throws IOException {
    int edge = 1250;
    long bytes = (long) edge * edge * edge * Float.BYTES;
    Assumptions.assumeTrue(
        bytes > Runtime.getRuntime().maxMemory(), "skipped: this heap has room for the volume");
    seal("good", "good", new GridSpec.Source(), pointwise());
    seal("vast", "vast", cube(edge), pointwise());
    try (Worker worker = worker(Duration.ofMinutes(1))) {
      worker.start();
      requireFailed(ReasonCode.OUT_OF_MEMORY, "11", "vast");
      assertInstanceOf(ProposalMade.class, handle("12", "good"));
      assertTrue(worker.healthy());
      assertTrue(worker.packagesSound(), "the heap is not the package's fault");
    }
  }

  @Test
  void packagesComeBreakAndGoWhileItWorks() throws IOException {
    ModelPackage good = seal("good", "good", new GridSpec.Source(), pointwise());
    try (Worker worker = worker(Duration.ofMinutes(1))) {
      worker.start();
      assertInstanceOf(ProposalMade.class, handle("21", "good"));
      ModelPackage other = seal("other", "other", new GridSpec.Source(), pointwise());
      Deadline.await("the new package is served", () -> worker.packages().serving().size() == 2);
      assertInstanceOf(ProposalMade.class, handle("22", "other"));
      Files.writeString(other.folder().resolve("model.onnx"), "nonsense");
      Deadline.await("the damage is seen", () -> !worker.packagesSound());
      assertTrue(worker.models().contains("must have SHA-256"), worker::models);
      assertInstanceOf(ProposalMade.class, handle("23", "good"));
      requireRefused(ReasonCode.NO_PACKAGE, "24", "other");
      Files.move(good.folder(), folder.resolve("away"));
      Deadline.await("it is gone", () -> worker.packages().serving().isEmpty());
      requireRefused(ReasonCode.NO_PACKAGE, "25", "good");
      Files.move(folder.resolve("away"), good.folder());
      Deadline.await("it is back", () -> worker.packages().serving().size() == 1);
      assertInstanceOf(ProposalMade.class, handle("26", "good"));
      assertTrue(worker.healthy());
    }
  }

  @Test
  void everyWorkerFollowsWhatPeopleDecideAndANewOneKnowsItFromTheStart() throws IOException {
    for (String version : List.of("1.0.0", "2.0.0")) {
      seal(version);
    }
    try (Worker one = worker(Duration.ofMinutes(1));
        Worker two = worker(Duration.ofMinutes(1))) {
      one.start();
      two.start();
      assertEquals("2.0.0", version(one));
      decide("1.0.0", ModelState.SERVING);
      for (Worker each : List.of(one, two)) {
        Deadline.await("the older one serves", () -> version(each).equals("1.0.0"));
      }
      ProposalMade made = assertInstanceOf(ProposalMade.class, handle("31", "good"));
      assertEquals("1.0.0", made.modelPackage().version());
      try (Worker three = worker(Duration.ofMinutes(1))) {
        three.start();
        assertEquals("1.0.0", version(three));
      }
      decide("1.0.0", ModelState.RETIRED);
      decide("2.0.0", ModelState.SERVING);
      for (Worker each : List.of(one, two)) {
        Deadline.await("the newer one serves", () -> version(each).equals("2.0.0"));
      }
    }
  }

  @Test
  void theFirstOfItsNameServesAndIsToldAndANewerOneWaitsUntilSomebodySaysSo() {
    seal("1.0.0");
    try (Worker one = worker(Duration.ofMinutes(1))) {
      one.start();
      List<ModelStateChanged> told = told();
      assertEquals(List.of("1.0.0"), told.stream().map(ModelStateChanged::version).toList());
      assertEquals(ModelState.SERVING, told.get(0).state());
      assertEquals(ModelStateChanged.NOBODY, told.get(0).decidedBy());
      seal("2.0.0");
      Deadline.await("the newer one is seen", () -> one.packages().versions().size() == 2);
      assertEquals("1.0.0", version(one));
      assertEquals(1, told().size());
    }
    try (Worker restarted = worker(Duration.ofMinutes(1))) {
      restarted.start();
      assertEquals("1.0.0", version(restarted), "although the newer one is there from the start");
      decide("2.0.0", ModelState.SERVING);
      Deadline.await("the newer one serves", () -> version(restarted).equals("2.0.0"));
    }
  }

  private void seal(String version) {
    ModelManifest draft = manifest("good", "good", new GridSpec.Source()).version(version).draft();
    SamplePackages.sealed(packages(), draft, pointwise());
  }

  private List<ModelStateChanged> told() {
    List<ModelStateChanged> told = new ArrayList<>();
    EventReplay.forEach(broker.config(), Topics.MODELS, told::add);
    return told;
  }

  private void decide(String version, ModelState state) {
    publisher.publish(
        Topics.MODELS,
        new ModelStateChanged(
            UUID.randomUUID(), Clock.systemUTC().instant(), "good", version, state, 0, "tester"));
  }

  private static String version(Worker worker) {
    return worker.packages().serving().get(0).manifest().version();
  }

  private void requireFailed(ReasonCode code, String series, String description) {
    ProposalFailed failed =
        assertInstanceOf(ProposalFailed.class, handle(series, description), description);
    assertEquals(code, failed.reason(), failed.explanation());
  }

  private void requireRefused(ReasonCode code, String series, String description) {
    ProposalRefused refused =
        assertInstanceOf(ProposalRefused.class, handle(series, description), description);
    assertEquals(code, refused.reason(), refused.explanation());
  }

  private FirstpassEvent handle(String series, String description) {
    SeriesArrived event = SampleArrival.stored(store, series, SampleArrival.block(), description);
    publisher.publish(Topics.ARRIVALS, event);
    Deadline.await(description, PATIENCE, () -> ends.containsKey(event.series()));
    return ends.get(event.series());
  }

  private void remember(FirstpassEvent event) {
    if (!(event instanceof ProposalStarted) && event instanceof SeriesEvent of) {
      ends.put(of.series(), event);
    }
  }

  private Worker worker(Duration timeout) {
    WorkerConfig standard = HandledArrivals.config(packages());
    return new Worker(
        new WorkerConfig(
            "robust",
            1,
            Duration.ofSeconds(15),
            new RunConfig(
                new ExecutionSettings(List.of(Device.CPU), 2, timeout, 0),
                Long.MAX_VALUE,
                folder.resolve("costs.json"),
                true),
            new PackagesConfig(
                List.of(packages()), Set.of(), Duration.ofMillis(100), Set.of(), 100),
            standard.routing()),
        store,
        broker.config(),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }

  private Path packages() {
    return folder.resolve("packages");
  }

  private ModelPackage seal(String name, String description, GridSpec grid, OnnxGraph graph)
      throws IOException {
    // Elsewhere first, so that it comes into the folder as a whole.
    ModelManifest draft = manifest(name, description, grid).draft();
    ModelPackage made = SamplePackages.sealed(folder.resolve("made"), draft, graph);
    Path target = packages().resolve(name).resolve(draft.version());
    Files.createDirectories(target.getParent());
    Files.move(made.folder(), target);
    return ModelPackage.load(target);
  }

  private static SampleManifest manifest(String name, String description, GridSpec grid) {
    return new SampleManifest()
        .name(name)
        .accepts(SamplePackages.described(description))
        .grid("SPL", grid);
  }

  private static GridSpec cube(int edge) {
    return new GridSpec.Conformed(List.of(edge, edge, edge), List.of(0.2, 0.2, 0.2));
  }

  private static OnnxGraph pointwise() {
    return answering(TinyNetwork.INPUT, graph -> graph);
  }

  /** No number in air, and one for the golden input. */
  private static OnnxGraph logarithm() {
    return answering(
        "logged",
        graph ->
            graph
                .weights("fifty", List.of(1L), 50)
                .node("Add", List.of(TinyNetwork.INPUT, "fifty"), "raised")
                .node("Log", List.of("raised"), "logged"));
  }

  /** Sixty sines of every voxel. */
  private static OnnxGraph slow() {
    return answering(
        "s60",
        graph -> {
          OnnxGraph more = graph.node("Sin", List.of(TinyNetwork.INPUT), "s1");
          for (int i = 1; i < 60; i++) {
            more = more.node("Sin", List.of("s" + i), "s" + (i + 1));
          }
          return more;
        });
  }

  /** Asks for the fourth power of the largest value: nothing for noise, 250 GB for the block. */
  private static OnnxGraph hungry() {
    return answering(
        "fed",
        graph ->
            graph
                .node(
                    "ReduceMax",
                    List.of(TinyNetwork.INPUT),
                    "largest",
                    OnnxGraph.integer("keepdims", 0))
                .node(
                    "Cast",
                    List.of("largest"),
                    "whole",
                    OnnxGraph.integer("to", DataType.INT64.getNumber()))
                .shape("one", 1L)
                .node("Reshape", List.of("whole", "one"), "edge")
                .node(
                    "Concat",
                    List.of("edge", "edge", "edge", "edge"),
                    "size",
                    OnnxGraph.integer("axis", 0))
                .weights("unit", List.of(1L), 1)
                .node("Expand", List.of("unit", "size"), "vast")
                .node("ReduceMax", List.of("vast"), "again", OnnxGraph.integer("keepdims", 0))
                .node("Mul", List.of(TinyNetwork.INPUT, "again"), "fed"));
  }

  private static OnnxGraph answering(String seen, UnaryOperator<OnnxGraph> nodes) {
    OnnxGraph graph = nodes.apply(new OnnxGraph().input(TinyNetwork.INPUT, 1, 1, -1, -1, -1));
    return graph
        .weights("w", List.of(2L, 1L, 1L, 1L, 1L), 0, 1)
        .weights("b", List.of(2L), 0, 0)
        .node("Conv", List.of(seen, "w", "b"), TinyNetwork.OUTPUT)
        .output(TinyNetwork.OUTPUT, 1, 2, -1, -1, -1);
  }

  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
