package io.earlybird.benchmarks.libtorch;

import io.earlybird.benchmarks.contest.Assignment;
import io.earlybird.benchmarks.contest.Contestant;
import io.earlybird.benchmarks.contest.Recipe;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Shape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The loop of libtorch's tutorial: {@code optimizer.zero_grad()}, forward, {@code cross_entropy},
 * {@code loss.backward()}, {@code optimizer.step()}, {@code loss.item<float>()}, with {@code
 * torch::optim::SGD}; inference is a forward pass of the module in {@code eval()} under {@code
 * NoGradGuard}.
 *
 * <p>The batch lies in a tensor of the right memory format from the beginning, so that nothing is
 * copied in a step.
 */
public final class LibtorchLoop implements Contestant {
  /** Order in which activations and kernels lie in memory. */
  public enum Format {
    /** [N, C, H, W], libtorch's default. */
    PLAIN,
    /** [N, H, W, C], as libtorch's performance guide advises for convolutions. */
    CHANNELS_LAST
  }

  private final LibtorchNetwork model;
  private final SGD optimizer;
  private final Tensor images;
  private final Tensor labels;

  /** Builds module, optimizer and batch. */
  public LibtorchLoop(Assignment assignment, Format format) {
    torch.set_num_threads(assignment.threads());
    this.model = new LibtorchNetwork(assignment.network(), assignment.values());
    TensorVector parameters = model.parameters();
    if (format == Format.CHANNELS_LAST) {
      channelsLast(parameters);
    }
    SGDOptions options = new SGDOptions(Recipe.LEARNING_RATE);
    options.momentum().put(Recipe.MOMENTUM);
    options.weight_decay().put(Recipe.WEIGHT_DECAY);
    this.optimizer = new SGD(parameters, options);
    this.images = images(assignment.batch(), format);
    this.labels = labels(assignment.batch());
  }

  private static void channelsLast(TensorVector parameters) {
    for (Tensor parameter : parameters.get()) {
      if (parameter.dim() == 4) {
        parameter.set_data(parameter.data().contiguous(torch.MemoryFormat.ChannelsLast));
      }
    }
  }

  private static Tensor images(Batch batch, Format format) {
    Shape shape = batch.imageShape();
    try (FloatPointer pixels = new FloatPointer(batch.pixels())) {
      Tensor view =
          torch
              .from_blob(pixels, batch.size(), shape.height(), shape.width(), shape.channels())
              .permute(0, 3, 1, 2);
      return view.clone()
          .contiguous(
              format == Format.CHANNELS_LAST
                  ? torch.MemoryFormat.ChannelsLast
                  : torch.MemoryFormat.Contiguous);
    }
  }

  private static Tensor labels(Batch batch) {
    long[] labels = new long[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(i);
    }
    return torch.tensor(labels);
  }

  @Override
  public double train() {
    try (PointerScope step = new PointerScope()) {
      model.training();
      optimizer.zero_grad();
      Tensor loss = torch.cross_entropy_loss(model.forward(images), labels);
      loss.backward();
      optimizer.step();
      return loss.item_float();
    }
  }

  @Override
  public float[] infer() {
    try (PointerScope pass = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      model.evaluation();
      Tensor logits = model.forward(images).contiguous();
      float[] copy = new float[Math.toIntExact(logits.numel())];
      logits.data_ptr_float().get(copy);
      return copy;
    }
  }

  /** Frees optimizer and batch; the modules are freed when they are garbage. */
  @Override
  public void close() {
    optimizer.close();
    images.close();
    labels.close();
  }
}
