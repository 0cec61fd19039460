package io.earlybird.spark.cli;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.spark.initial.InitialParameters;
import io.earlybird.spark.run.EngineBuild;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.run.RunIdentity;
import io.earlybird.spark.run.RunRefusedException;
import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import io.earlybird.spark.submit.Bytes;
import io.earlybird.spark.submit.MachineMemory;
import io.earlybird.spark.submit.Master;
import io.earlybird.spark.submit.MemoryEstimate;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Looks at everything that can be looked at before a run; reports all problems at once. */
final class Preflight {
  private final Settings settings;
  private final Configuration hadoop;
  private final Master master;
  private final List<String> problems = new ArrayList<>();

  private Preflight(Settings settings, Configuration hadoop, Master master) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.master = master;
  }

  /**
   * Checks engine, data, memory and run directory.
   *
   * @param note is told what takes time
   * @throws ConfigException with all problems that were found
   * @throws RunRefusedException if the run directory belongs to another run or is in use
   */
  static TrainingPlan check(
      Settings settings,
      Configuration hadoop,
      Master master,
      EngineChange engineChange,
      Consumer<String> note) {
    return new Preflight(settings, hadoop, master).check(engineChange, note);
  }

  private TrainingPlan check(EngineChange engineChange, Consumer<String> note) {
    Optional<Engine> engine = engine();
    Optional<ShardSet> train = shards("data.train", settings.data().train());
    Optional<ShardSet> validation = shards("data.validation", settings.data().validation());
    if (train.isPresent() && validation.isPresent()) {
      requireSameClasses(train.get(), validation.get());
    }
    Optional<InitialParameters> initial = initial();
    MemoryEstimate memory = memory();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    Identity drawn =
        Identity.of(settings, train.get().fingerprint(), validation.get().fingerprint());
    RunIdentity run =
        new RunIdentity(
            settings,
            initial.get().sha256().map(drawn::beginningWith).orElse(drawn),
            EngineBuild.of(engine.get()),
            train.get().classes());
    RunDirectory directory = directory(run);
    directory.requireUsable(run, engineChange, note);
    return new TrainingPlan(
        run, train.get(), validation.get(), initial.get(), directory, engine.get(), memory, master);
  }

  private Optional<Engine> engine() {
    try {
      Engine engine = Engines.named(settings.engine().name());
      Set<Precision> wanted = settings.precisions();
      wanted.removeAll(engine.precisions());
      if (!wanted.isEmpty()) {
        problems.add(
            "engine.name = "
                + engine.name()
                + ": has no precision "
                + wanted
                + " on this machine; it has "
                + engine.precisions());
      }
      engine
          .refusal(settings.recipe().rule().withGammaL1(settings.sparsity().gammaL1()))
          .ifPresent(why -> problems.add("engine.name = " + engine.name() + ": " + why));
      return Optional.of(engine);
    } catch (IllegalArgumentException e) {
      problems.add("engine.name = " + settings.engine().name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<ShardSet> shards(String key, String location) {
    try {
      FileStore.at(location, hadoop).list();
      ShardSet set = ShardSet.read(location, hadoop);
      set.checkFiles(hadoop);
      if (set.classes().size() != settings.network().classes()) {
        problems.add(
            key
                + " = "
                + location
                + ": its images are of "
                + set.classes().size()
                + " classes, but network.classes = "
                + settings.network().classes());
      }
      return Optional.of(set);
    } catch (IOException | IllegalArgumentException | StoreException e) {
      problems.add(key + " = " + location + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<InitialParameters> initial() {
    try {
      return Optional.of(InitialParameters.of(settings, hadoop));
    } catch (IllegalArgumentException | StoreException e) {
      problems.add(
          "network.initial-parameters = "
              + settings.network().initialParameters()
              + ": "
              + e.getMessage());
      return Optional.empty();
    }
  }

  private void requireSameClasses(ShardSet train, ShardSet validation) {
    if (!train.classes().equals(validation.classes())) {
      problems.add(
          "data.validation = "
              + settings.data().validation()
              + ": its classes are not those of data.train; make both from one source");
    }
  }

  private MemoryEstimate memory() {
    MemoryEstimate estimate = MemoryEstimate.of(settings.begunNetwork(), settings);
    if (master.localCores().isEmpty()) {
      return estimate;
    }
    int threads = settings.engine().threads();
    int slots = Math.min(master.localCores().getAsInt() / threads, settings.averaging().tasks());
    if (slots == 0) {
      problems.add(
          "engine.threads = "
              + threads
              + " with --master "
              + master.url()
              + ": a task needs that many cores; give more, or fewer threads");
      return estimate;
    }
    requireMemory(
        "heap",
        estimate.localHeap(slots),
        Runtime.getRuntime().maxMemory(),
        "set EARLYBIRD_DRIVER_MEMORY, or use fewer cores");
    requireMemory(
        "memory",
        estimate.localTotal(slots),
        MachineMemory.bytes(),
        "use a smaller averaging.batch-size or fewer cores");
    return estimate;
  }

  private void requireMemory(String what, long needed, long available, String remedy) {
    if (needed > available) {
      problems.add(
          "averaging.batch-size = "
              + settings.averaging().batchSize()
              + " with --master "
              + master.url()
              + ": needs about "
              + Bytes.of(needed)
              + " of "
              + what
              + ", there are "
              + Bytes.of(available)
              + "; "
              + remedy);
    }
  }

  private RunDirectory directory(RunIdentity run) {
    String uri = RunDirectory.uri(settings, run.identity(), LocalDate.now(ZoneId.systemDefault()));
    return ExitCodes.checked(
        () -> {
          FileStore root = FileStore.at(uri, hadoop);
          root.requireWritable();
          return new RunDirectory(root);
        });
  }
}
