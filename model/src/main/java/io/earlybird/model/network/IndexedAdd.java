package io.earlybird.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Sum of terms that each cover some of the output channels: y = 0; y[channels_t[i]] += x_t[i] for
 * each term t, in order.
 *
 * <p>The stream of a residual stage after {@code scatter} surgery (specification 2.6, mode C).
 *
 * @param channels width of the output
 * @param terms at least one
 */
public record IndexedAdd(String name, int channels, List<Term> terms) implements Node {
  /**
   * One summand.
   *
   * @param source node that is read
   * @param channels ascending output channels, one for each channel of the source
   */
  public record Term(String source, List<Integer> channels) {
    public Term {
      channels = Channels.ascending(source, channels);
    }
  }

  public IndexedAdd {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("Invalid indexed add " + name + ": it has no terms");
    }
    for (Term term : terms) {
      Channels.within(name, term.channels(), channels);
    }
  }

  @Override
  public List<String> sources() {
    return terms.stream().map(Term::source).toList();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = inputs.get(0);
    for (int i = 0; i < terms.size(); i++) {
      Shape in = inputs.get(i);
      boolean fits = in.height() == first.height() && in.width() == first.width();
      if (!fits || in.channels() != terms.get(i).channels().size()) {
        throw new IllegalArgumentException(
            "Cannot add in "
                + name
                + ": source "
                + terms.get(i).source()
                + " has shape "
                + in
                + ", expected "
                + first.withChannels(terms.get(i).channels().size()));
      }
    }
    return first.withChannels(channels);
  }

  @Override
  public IndexedAdd reading(List<String> newSources) {
    List<Term> moved = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      moved.add(new Term(newSources.get(i), terms.get(i).channels()));
    }
    return new IndexedAdd(name, channels, moved);
  }
}
