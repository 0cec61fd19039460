package io.earlybird.spark.export;

import io.earlybird.model.file.Dtype;
import io.earlybird.model.file.SafetensorsWriter;
import io.earlybird.model.file.TensorHeader;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values under the names that torchvision's state dictionaries have. Ours are the same, except that
 * PyTorch's batch norms also count batches, which only a momentum of {@code None} reads.
 */
final class TorchvisionFile {
  private static final String COUNTER = "num_batches_tracked";

  private TorchvisionFile() {}

  static void write(Parameters values, OutputStream out) throws IOException {
    List<TensorHeader> headers = new ArrayList<>();
    for (ParameterLayout.Entry entry : values.layout().entries()) {
      headers.add(new TensorHeader(entry.name(), Dtype.F32, entry.spec().shape()));
      if (entry.spec().role() == Role.RUNNING_VARIANCE) {
        headers.add(new TensorHeader(counterBeside(entry.name()), Dtype.I64, List.of()));
      }
    }
    SafetensorsWriter writer = new SafetensorsWriter(out, headers, Map.of("format", "pt"));
    for (TensorHeader header : headers) {
      if (header.dtype() == Dtype.F32) {
        writer.append(values.slice(header.name()));
      } else {
        writer.append(ByteBuffer.allocate(Long.BYTES));
      }
    }
    writer.finish();
  }

  private static String counterBeside(String runningVariance) {
    return runningVariance.substring(0, runningVariance.lastIndexOf('.') + 1) + COUNTER;
  }
}
