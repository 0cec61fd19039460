package io.earlybird.benchmarks.engines;

import io.earlybird.benchmarks.race.Entrant;
import io.earlybird.benchmarks.race.Kind;
import io.earlybird.benchmarks.race.Lap;
import io.earlybird.benchmarks.race.Launch;
import io.earlybird.benchmarks.race.Medians;
import io.earlybird.benchmarks.race.Race;
import io.earlybird.benchmarks.race.Work;
import io.earlybird.benchmarks.race.WorkerProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One case: all contestants side by side, training first, then inference. */
record EngineRace(Launch launch, Race race, List<Entrant> entrants, StockCases stock) {
  /** In which cases stock layers take part. */
  enum StockCases {
    /** In the first of each network. */
    FIRST,
    /** In all of them. */
    ALL
  }

  List<EngineRow> run(EngineCase measured) {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (Entrant entrant : entrants) {
        if (entrant.kind() != Kind.STOCK || stock == StockCases.ALL || measured.first()) {
          workers.add(
              WorkerProcess.start(
                  entrant.toString(),
                  launch,
                  entrant,
                  measured.subject(),
                  measured.batchSize(),
                  measured.threads()));
        }
      }
      return rows(measured, workers);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private List<EngineRow> rows(EngineCase measured, List<WorkerProcess> workers) {
    List<EngineRow> rows = new ArrayList<>();
    Map<String, Double> peaks = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      Map<String, List<Lap>> laps = raceOf(work).run(work, workers);
      workers.forEach(
          worker -> peaks.computeIfAbsent(worker.name(), name -> worker.peakMebibytes()));
      String peer = bestPeer(laps);
      List<Lap> peerLaps = laps.getOrDefault(peer, List.of());
      laps.forEach(
          (name, own) ->
              rows.add(EngineRow.of(measured, work, name, own, peaks.get(name), peer, peerLaps)));
    }
    return rows;
  }

  /** Inference is quicker: it needs half the time for as many rounds. */
  private Race raceOf(Work work) {
    return work == Work.TRAINING
        ? race
        : new Race(
            race.warmUp().dividedBy(2),
            race.limit().dividedBy(2),
            race.minimumRounds(),
            race.maximumRounds());
  }

  /** The libtorch loop with the shortest median step; empty if none took part. */
  static String bestPeer(Map<String, List<Lap>> laps) {
    return laps.entrySet().stream()
        .filter(entry -> Entrant.of(entry.getKey()).kind().peer())
        .min(Comparator.comparingDouble(entry -> Medians.stepSeconds(entry.getValue())))
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
