package io.earlybird.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final List<Tensor> TENSORS =
      List.of(
          Tensor.of("doubles", List.of(2), 1e300, -0.0),
          Tensor.of("longs", List.of(1, 2), Long.MIN_VALUE, 7),
          Tensor.of("floats", List.of(3, 1), 1.5f, Float.NaN, -0f),
          Tensor.of("scalar", List.of(), 2f),
          Tensor.of("bytes", (byte) 0, (byte) 255, (byte) 3));

  private static byte[] written(List<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, metadata);
    return out.toByteArray();
  }

  private static Safetensors read(byte[] bytes) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  /** A file put together by hand, as the format's description says. */
  private static byte[] file(String header, int valueBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + valueBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Safetensors file = read(written(TENSORS, Map.of("network", "demo")));
    assertThat(file.tensors().values()).containsExactlyElementsOf(TENSORS);
    assertThat(file.metadata()).containsExactly(Map.entry("network", "demo"));
    assertThat(file.tensor("longs").longs()).containsExactly(Long.MIN_VALUE, 7);
    assertThat(file.tensor("doubles").doubles()).containsExactly(1e300, -0.0);
    assertThat(file.tensor("floats").floats()).containsExactly(1.5f, Float.NaN, -0f);
    assertThat(file.tensor("bytes").bytes()).containsExactly(0, 255, 3);
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    byte[] bytes = written(List.of(Tensor.of("a", List.of(2), 1f, 2f)), Map.of());
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    ByteBuffer expected = ByteBuffer.allocate(8 + 56 + 8).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(56).put(header.getBytes(StandardCharsets.UTF_8));
    while (expected.position() < 8 + 56) {
      expected.put((byte) ' ');
    }
    expected.putFloat(1f).putFloat(2f);
    assertThat(bytes).isEqualTo(expected.array());
  }

  @Test
  void equalTensorsAndMetadataGiveEqualBytesAndTheHashIsTheirs() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String hash = Safetensors.write(out, TENSORS, Map.of("b", "2", "a", "1"));
    assertThat(out.toByteArray()).isEqualTo(written(TENSORS, Map.of("a", "1", "b", "2")));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
    assertThat(hash).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(read(out.toByteArray()).sha256()).isEqualTo(hash);
  }

  @Test
  void largeTensorsPassThroughInChunks() throws IOException {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.5f;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorHeader header = new TensorHeader("large", Dtype.F32, List.of(values.length));
    SafetensorsWriter writer = new SafetensorsWriter(out, List.of(header), Map.of());
    writer.append(FloatBuffer.wrap(values));
    writer.finish();
    SafetensorsReader reader =
        new SafetensorsReader(new ByteArrayInputStream(out.toByteArray()), out.size());
    float[] found = new float[values.length];
    reader.read(FloatBuffer.wrap(found));
    reader.finish();
    assertThat(found).isEqualTo(values);
    assertThat(read(out.toByteArray()).tensor("large").floats()).isEqualTo(values);
  }

  @Test
  void anEmptyFileOfTensorsIsValid() throws IOException {
    assertThat(read(written(List.of(), Map.of())).tensors()).isEmpty();
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    byte[] bytes = written(TENSORS, Map.of("network", "demo"));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(part))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(MalformedFileException.class);
    }
  }

  @Test
  void aTruncatedTensorIsNamed() throws IOException {
    byte[] bytes = written(TENSORS, Map.of());
    ByteArrayInputStream cut = new ByteArrayInputStream(bytes, 0, bytes.length - 1);
    assertThatThrownBy(() -> Safetensors.read(cut, bytes.length))
        .hasMessage("Invalid safetensors file: it ends 1 bytes too early in tensor bytes");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] bytes = written(TENSORS, Map.of());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> read(longer))
        .hasMessageContaining(
            "it has " + longer.length + " bytes, its header describes " + bytes.length);
    assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(longer), bytes.length))
        .hasMessageContaining("bytes follow the last tensor");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 57, (1 << 24) + 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void headerLengthsOutOfBoundsAreRefused(long length) {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("the header claims " + length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | does not begin with {",
        "{\"a\": | no JSON",
        "{} {} | no JSON",
        "{\"a\":1} | has fields",
        "{\"__metadata__\":7} | __metadata__ is no object",
        "{\"__metadata__\":{\"k\":{\"l\":[]}}} | metadata k is no text",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | has 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8.0]}} | holds 8.0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | holds -8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775808]}} | holds"
            + " 9",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775800,"
            + "9223372036854775807]}} | has 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}} |"
            + " has 9 numbers",
        "{\"a\":{\"dtype\":[],\"shape\":[1],\"data_offsets\":[0,4]}} | dtype []",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[2,10]}} | begins at 2",
        "{\"__metadata__\":{\"k\":1}} | metadata k is no text",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | has fields",
        "{\"a\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[0,4]}} | dtype \"I16\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | has 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | holds -1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | holds 1.5",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}} | 3 offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | is no array",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,8]}} |"
            + " too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | Duplicate",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | begins at 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}} | begins at 8"
      })
  void headersThatBreakTheFormatAreRefused(String header, String reason) {
    assertThatThrownBy(() -> read(file(header, 16)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aHeaderThatClaimsMoreValuesThanTheFileHasIsRefusedBeforeAnyRoomIsMade() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647],\"data_offsets\":[0,8589934588]}}";
    assertThatThrownBy(() -> read(file(header, 16)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("its header describes 85899");
  }

  /** Found by fuzzing: zeros after the brace let the library take the header for UTF-32. */
  @Test
  void aHeaderThatIsNoUtf8IsRefused() {
    assertThatThrownBy(() -> read(file("{\0\0\0\"\0\0\0c!\0\0", 0)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("the header is no JSON");
    byte[] wide = "{}".getBytes(Charset.forName("UTF-32LE"));
    assertThatThrownBy(() -> read(file(new String(wide, StandardCharsets.ISO_8859_1), 0)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("the header is no JSON");
  }

  @Test
  void deepHeadersAreRefused() {
    assertThatThrownBy(() -> read(file("{\"a\":" + "[".repeat(50_000), 0)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void messagesShowLittleOfAHostileName() {
    String name = "x\\n".repeat(100_000);
    assertThatThrownBy(() -> read(file("{\"" + name + "\":1}", 0)))
        .isInstanceOf(MalformedFileException.class)
        .message()
        .hasSizeLessThan(500)
        .doesNotContain("\n");
  }

  @Test
  void valuesOfAnotherTypeAreRefused() throws IOException {
    Tensor longs = read(written(TENSORS, Map.of())).tensor("longs");
    assertThatThrownBy(longs::floats)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as F32");
  }

  @Test
  void tensorsMayStandInTheHeaderInAnyOrder() throws IOException {
    String header =
        "{\"late\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]},"
            + "\"early\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    assertThat(read(file(header, 5)).tensors()).containsOnlyKeys("early", "late");
  }

  @Test
  void aNameUsedTwiceIsNotWritten() {
    Tensor tensor = Tensor.of("a", (byte) 1);
    assertThatThrownBy(() -> written(List.of(tensor, tensor), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor a");
  }

  @Test
  void aForgottenTensorIsNamed() throws IOException {
    TensorHeader header = new TensorHeader("a", Dtype.F32, List.of(1));
    SafetensorsWriter writer =
        new SafetensorsWriter(new ByteArrayOutputStream(), List.of(header), Map.of());
    assertThatThrownBy(writer::finish)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tensor a was not written");
    assertThatThrownBy(() -> writer.append(FloatBuffer.allocate(2)))
        .hasMessageContaining("8 bytes");
  }

  @Test
  void anUnknownNameListsTheTensors() throws IOException {
    Safetensors file = read(written(TENSORS, Map.of()));
    assertThatThrownBy(() -> file.tensor("mask"))
        .hasMessageContaining("Unknown tensor mask")
        .hasMessageContaining("doubles");
  }
}
