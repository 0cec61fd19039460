package io.earlybird.benchmarks.race;

import io.earlybird.benchmarks.contest.Assignment;
import io.earlybird.benchmarks.contest.Contestant;
import io.earlybird.benchmarks.contest.Subject;
import java.util.List;

/**
 * What a worker process is started for, as its arguments say it.
 *
 * @param entrant who
 * @param subject which network
 * @param batchSize images of a step
 * @param threads of one step
 */
record Order(Entrant entrant, Subject subject, int batchSize, int threads) {
  static Order of(List<String> arguments) {
    return new Order(
        Entrant.of(arguments.get(0)),
        new Subject(
            arguments.get(1),
            Integer.parseInt(arguments.get(2)),
            Double.parseDouble(arguments.get(3)),
            Integer.parseInt(arguments.get(4))),
        Integer.parseInt(arguments.get(5)),
        Integer.parseInt(arguments.get(6)));
  }

  List<String> arguments() {
    return List.of(
        entrant.toString(),
        subject.network(),
        Integer.toString(subject.imageSize()),
        Double.toString(subject.ratio()),
        Integer.toString(subject.channelMultiple()),
        Integer.toString(batchSize),
        Integer.toString(threads));
  }

  Contestant open() {
    return entrant
        .kind()
        .open(Assignment.of(subject.structure(), batchSize, entrant.precision(), threads));
  }
}
