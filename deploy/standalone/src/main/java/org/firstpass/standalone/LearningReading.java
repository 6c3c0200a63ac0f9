package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.firstpass.evaluation.Comparison;
import org.firstpass.event.ProposalMade;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;

/** Studies that go the whole way: sent, proposed, read by a script. */
final class LearningReading {
  private final DemoSite site;
  private final ReviewClient reader;
  private final PrintStream out;
  private int decided;

  LearningReading(DemoSite site, PrintStream out) {
    this.site = site;
    this.out = out;
    reader = site.login("reader", "Scripted reader", "RADIOLOGIST");
  }

  /** One case as a version proposed it and the reader left it. */
  record Read(DemoStudy study, String version, ScriptedReader.Reading reading) {
    static List<Comparison.Value> values(
        List<Read> all, ToDoubleFunction<ScriptedReader.Reading> what) {
      return all.stream()
          .map(
              each ->
                  new Comparison.Value(
                      new PatientKey(each.study.series().value()),
                      what.applyAsDouble(each.reading)))
          .toList();
    }
  }

  /** Sends studies and waits for what is proposed for each. */
  Map<SeriesInstanceUid, ProposalMade> propose(List<DemoStudy> studies) {
    site.send(studies);
    Map<String, DemoSite.Outcome> outcomes = site.awaitOutcomes(studies);
    Map<SeriesInstanceUid, ProposalMade> made = new HashMap<>();
    EventReplay.forEach(
        site.standalone().infrastructure().stream(),
        Topics.PROPOSALS,
        event -> {
          if (event instanceof ProposalMade proposal) {
            made.put(proposal.series(), proposal);
          }
        });
    for (DemoStudy study : studies) {
      if (!made.containsKey(study.series())) {
        DemoSite.Outcome outcome = outcomes.get(study.series().value());
        throw new CommandFailed(
            study.name() + " got no proposal: " + (outcome == null ? "" : outcome.word()));
      }
    }
    return made;
  }

  /** The whole way. */
  List<Read> read(List<DemoStudy> studies) {
    Map<SeriesInstanceUid, ProposalMade> made = propose(studies);
    Map<String, DemoStudy> bySeries = new HashMap<>();
    studies.forEach(study -> bySeries.put(study.series().value(), study));
    var scripted = new ScriptedReader(reader);
    List<Read> all = new ArrayList<>();
    try (var progress = new Progress("Reading and correcting", studies.size(), out)) {
      while (all.size() < studies.size()) {
        JsonNode claim =
            reader
                .claimNext()
                .orElseThrow(() -> new CommandFailed("a task that was proposed is not there"));
        DemoStudy study = bySeries.remove(claim.at("/task/series").asText());
        if (study == null) {
          throw new CommandFailed("a task for a series that was not sent now");
        }
        ProposalMade proposal = made.get(study.series());
        String version = proposal == null ? "" : proposal.modelPackage().version();
        all.add(new Read(study, version, scripted.read(claim, study)));
        progress.to(all.size());
      }
    }
    decided += all.size();
    site.awaitCorrections(decided);
    return all;
  }
}
