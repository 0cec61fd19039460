package io.earlybird.spark.events;

import java.util.List;

/** Passes everything on. */
record Listeners(List<RunListener> listeners) implements RunListener {
  Listeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void started(Start start) {
    listeners.forEach(listener -> listener.started(start));
  }

  @Override
  public void roundEnded(Round round) {
    listeners.forEach(listener -> listener.roundEnded(round));
  }

  @Override
  public void stageBegan(int epoch, Stage stage) {
    listeners.forEach(listener -> listener.stageBegan(epoch, stage));
  }

  @Override
  public void happened(Event event) {
    listeners.forEach(listener -> listener.happened(event));
  }

  @Override
  public void noted(String sentence) {
    listeners.forEach(listener -> listener.noted(sentence));
  }

  @Override
  public void ended(Result result) {
    listeners.forEach(listener -> listener.ended(result));
  }
}
