package org.firstpass.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may know whom: main, edges, verbs, nouns; and each third-party library in its one room. */
@AnalyzeClasses(
    packages = "org.firstpass",
    importOptions = {ImportOption.DoNotIncludeTests.class, RoomsTest.WithoutFixtures.class})
class RoomsTest {
  private static final String PLATFORM = "java..";
  private static final String NULLNESS = "org.jspecify..";

  @ArchTest static final ArchRule study = room("study").knows();

  @ArchTest static final ArchRule geometry = room("geometry").knows("study");

  @ArchTest static final ArchRule volume = room("volume").knows("geometry", "study");

  @ArchTest static final ArchRule segment = room("segment").knows();

  @ArchTest
  static final ArchRule finding =
      room("finding").knows("study", "geometry", "segment", "com.fasterxml.jackson..");

  @ArchTest static final ArchRule failure = room("failure").knows();

  @ArchTest
  static final ArchRule event =
      room("event").knows("study", "segment", "failure", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule dicom =
      room("dicom")
          .knows(
              "study",
              "geometry",
              "volume",
              "segment",
              "finding",
              "failure",
              "org.dcm4che3..",
              "com.fasterxml.jackson.core..",
              "javax.imageio..",
              "javax.net.ssl..",
              "javax.security.auth.x500..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule store = room("store").knows("study", "event", "failure", "org.slf4j..");

  @ArchTest
  static final ArchRule stream =
      room("stream")
          .knows(
              "study", "event", "failure", "org.apache.kafka..", "io.micrometer..", "org.slf4j..");

  @ArchTest
  static final ArchRule database =
      room("database")
          .knows(
              "study",
              "event",
              "failure",
              "javax.sql..",
              "com.fasterxml.jackson..",
              "org.jdbi..",
              "org.flywaydb..",
              "com.zaxxer.hikari..",
              "org.postgresql..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule operations =
      room("operations")
          .knows("failure", "com.sun.net.httpserver..", "io.micrometer..", "org.slf4j..");

  @ArchTest static final ArchRule settings = room("settings").knows();

  @ArchTest static final ArchRule privacy = room("privacy").knows("study", "javax.crypto..");

  @ArchTest
  static final ArchRule journal =
      room("journal").knows("geometry", "volume", "finding", "event", "correction");

  @ArchTest static final ArchRule quality = room("quality").knows();

  @ArchTest static final ArchRule feed = room("feed").knows("study", "event", "failure");

  @ArchTest static final ArchRule drift = room("drift").knows("io.micrometer..");

  @ArchTest
  static final ArchRule selection = room("selection").knows("study", "segment", "event", "review");

  @ArchTest static final ArchRule refine = room("refine").knows("geometry", "org.slf4j..");

  @ArchTest
  static final ArchRule rerun = room("rerun").knows("study", "event", "failure", "review");

  @ArchTest
  static final ArchRule ups =
      room("ups")
          .knows(
              "study",
              "volume",
              "segment",
              "failure",
              "event",
              "dicom",
              "review",
              "correction",
              "operations",
              "com.fasterxml.jackson..",
              "io.micrometer..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule peer =
      room("peer")
          .knows(
              "event",
              "failure",
              "dicom",
              "settings",
              "com.fasterxml.jackson..",
              "javax.net.ssl..");

  @ArchTest
  static final ArchRule delivery =
      room("delivery")
          .knows(
              "study",
              "geometry",
              "volume",
              "segment",
              "finding",
              "event",
              "failure",
              "dicom",
              "peer",
              "store",
              "stream",
              "database",
              "operations",
              "settings",
              "com.fasterxml.jackson..",
              "org.jdbi..",
              "io.micrometer..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule pull =
      room("pull")
          .knows(
              "study",
              "event",
              "failure",
              "dicom",
              "peer",
              "arrival",
              "store",
              "stream",
              "database",
              "operations",
              "com.fasterxml.jackson..",
              "org.jdbi..",
              "io.micrometer..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule evaluation =
      room("evaluation")
          .knows(
              "study",
              "geometry",
              "volume",
              "segment",
              "event",
              "failure",
              "model",
              "calibration",
              "org.firstpass.dataset.split..",
              "com.fasterxml.jackson..",
              "org.knowm.xchart..",
              "j2html..");

  @ArchTest
  static final ArchRule gate =
      room("gate")
          .knows(
              "study",
              "segment",
              "event",
              "failure",
              "evaluation",
              "calibration",
              "org.firstpass.dataset.split..",
              "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule plotsAndPagesOnlyInEvaluation =
      only("evaluation").knows("org.knowm.xchart..", "j2html..");

  @ArchTest static final ArchRule toolkitOnlyInDicom = only("dicom").knows("org.dcm4che3..");

  @ArchTest
  static final ArchRule kafkaOnlyInStream = only("stream", "embedded").knows("org.apache.kafka..");

  @ArchTest
  static final ArchRule onnxRuntimeOnlyInInference =
      only("inference").knows("ai.onnxruntime..", "ai.djl..");

  @ArchTest
  static final ArchRule webServerOnlyInHttp =
      only("http", "server", "dicomweb").knows("io.javalin..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule cryptographyOnlyInSecurity = only("security").knows("org.bouncycastle..");

  @ArchTest
  static final ArchRule commandLineOnlyInStandalone =
      only("standalone").knows("picocli..", "me.tongfei..");

  @ArchTest static final ArchRule poolOnlyInDatabase = only("database").knows("com.zaxxer..");

  @ArchTest
  static final ArchRule theWorkerDoesNotKnowTheReviewQueue =
      noClasses()
          .that(in("model", "routing", "prepare", "inference", "proposal", "worker"))
          .should()
          .dependOnClassesThat(
              in(
                  "review",
                  "correction",
                  "intake",
                  "foreign",
                  "journal",
                  "refine",
                  "rerun",
                  "quality",
                  "feed",
                  "drift",
                  "selection",
                  "security",
                  "ups",
                  "postgres",
                  "http",
                  "dicomweb",
                  "server"));

  @ArchTest
  static final ArchRule theReviewQueueDoesNotKnowTheWorker =
      noClasses()
          .that(
              in(
                  "review",
                  "correction",
                  "intake",
                  "foreign",
                  "journal",
                  "refine",
                  "rerun",
                  "quality",
                  "feed",
                  "drift",
                  "selection",
                  "security",
                  "ups",
                  "postgres",
                  "http",
                  "dicomweb",
                  "server"))
          .should()
          .dependOnClassesThat(
              in("model", "routing", "prepare", "inference", "proposal", "worker"));

  @ArchTest
  static final ArchRule noRoomsGoInCircles =
      slices().matching("org.firstpass.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyRoomSaysWhatItHoldsAndMarksItsNulls =
      classes().should(resideInAMarkedPackage());

  @ArchTest
  static final ArchRule roomsAreNamedAfterWhatTheyHold =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..", "..manager..")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Manager");

  /** The fixtures of {@code org.firstpass.testing} come in a jar, and are tests all the same. */
  static final class WithoutFixtures implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/org/firstpass/testing/");
    }
  }

  private static Room room(String name) {
    return new Room(new String[] {name});
  }

  private static Only only(String... names) {
    return new Only(names);
  }

  private static DescribedPredicate<JavaClass> in(String... rooms) {
    return resideInAnyPackage(packages(rooms));
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names)
        .map(name -> name.contains(".") ? name : "org.firstpass." + name + "..")
        .toArray(String[]::new);
  }

  /** A room and the only others that it may know. */
  private record Room(@SuppressWarnings("ArrayRecordComponent") String[] names) {
    ArchRule knows(String... others) {
      String[] allowed =
          Stream.of(packages(names), packages(others), new String[] {PLATFORM, NULLNESS})
              .flatMap(Arrays::stream)
              .toArray(String[]::new);
      // Arrays and primitives have no package.
      return classes()
          .that(in(names))
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideInAPackage("")));
    }
  }

  /** Rooms that alone may know a library. */
  private record Only(@SuppressWarnings("ArrayRecordComponent") String[] names) {
    ArchRule knows(String... libraries) {
      return noClasses()
          .that(resideInAPackage("org.firstpass..").and(DescribedPredicate.not(in(names))))
          .should()
          .dependOnClassesThat(resideInAnyPackage(libraries));
    }
  }

  private static ArchCondition<JavaClass> resideInAMarkedPackage() {
    return new ArchCondition<>("reside in a package with @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        if (!marked) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is not"));
        }
      }
    };
  }
}
