package io.earlybird.data.batch;

import io.earlybird.data.image.ImagePipeline;
import io.earlybird.data.image.UndecodableImageException;
import io.earlybird.data.order.SampleId;
import io.earlybird.model.random.Seeds;
import java.nio.FloatBuffer;

/** What is done to the images of a plan. */
sealed interface Treatment {
  /** Makes pixels of an image and writes them at {@code index} of a batch. */
  void apply(ImagePipeline pipeline, Fetched image, FloatBuffer into, int index)
      throws UndecodableImageException;

  /**
   * Augmentation in training.
   *
   * @param seed of the epoch; the generator of an image is a function of it and of the sample alone
   */
  record Training(long seed) implements Treatment {
    static Training of(long runSeed, int epoch) {
      return new Training(Seeds.derive(Seeds.derive(runSeed, "augmentation"), epoch));
    }

    @Override
    public void apply(ImagePipeline pipeline, Fetched image, FloatBuffer into, int index)
        throws UndecodableImageException {
      SampleId id = image.id();
      pipeline.train(
          image.bytes(),
          image.offset(),
          image.length(),
          Seeds.random(seed, id.shard(), id.sample()),
          into,
          index);
    }
  }

  /** Resize and center crop in evaluation. */
  record Evaluation() implements Treatment {
    @Override
    public void apply(ImagePipeline pipeline, Fetched image, FloatBuffer into, int index)
        throws UndecodableImageException {
      pipeline.evaluate(image.bytes(), image.offset(), image.length(), into, index);
    }
  }
}
