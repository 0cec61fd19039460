package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies channels pixel by pixel in host memory; oneDNN has no such primitive. */
final class HostChannels implements ChannelKernel {
  @Override
  public void gather(INDArray x, int[] channels, INDArray y) {
    int width = (int) x.size(-1);
    long pixels = x.length() / width;
    float[] from = new float[width];
    float[] to = new float[channels.length];
    FloatPointer source = pointer(x);
    FloatPointer target = pointer(y);
    for (long pixel = 0; pixel < pixels; pixel++) {
      source.position(pixel * width).get(from);
      for (int i = 0; i < channels.length; i++) {
        to[i] = from[channels[i]];
      }
      target.position(pixel * channels.length).put(to);
    }
  }

  @Override
  public void scatterAdd(INDArray x, int[] channels, INDArray y) {
    int width = (int) y.size(-1);
    long pixels = y.length() / width;
    float[] from = new float[channels.length];
    float[] to = new float[width];
    FloatPointer source = pointer(x);
    FloatPointer target = pointer(y);
    for (long pixel = 0; pixel < pixels; pixel++) {
      source.position(pixel * channels.length).get(from);
      target.position(pixel * width).get(to);
      for (int i = 0; i < channels.length; i++) {
        to[channels[i]] += from[i];
      }
      target.position(pixel * width).put(to);
    }
  }

  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(new Address().to(Address.of(array)));
  }
}
