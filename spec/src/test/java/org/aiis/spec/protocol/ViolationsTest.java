package org.aiis.spec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is malformed is a violation with a reason, and makes no large allocation. */
class ViolationsTest {
    private static final String PUT = "{\"id\":1,\"request\":{\"step\":\"put\",\"tensor\":\"w\",\"value\":%s}}";

    /** Steps that the suite never sends; a worker would otherwise start a thousand threads, or nest for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'step':'together','steps':[],'times':1}",
                "{'step':'together','steps':[{'step':'get','tensor':'t'}],'times':1}",
                "{'step':'together','steps':[{'step':'together','steps':[],'times':1}],'times':1}",
                "{'step':'together','steps':[{'step':'run','model':'m'}],'times':1000000}",
                "{'step':'together','steps':[{'step':'run','model':'m','keep':{'y':'t'}}],'times':1}",
                "{'step':'cancel','run':{'step':'run','model':'m'},'afterMillis':0}",
                "{'step':'cancel','run':{'step':'describe','protocol':1},'afterMillis':5}",
                "{'step':'load-folder','model':'m','path':'m.onnx','files':{}}"
            })
    void anOptionalStepOverItsLimitsIsAViolation(String step) {
        String header = ("{'id':1,'request':" + step + "}").replace('\'', '"');
        assertThatThrownBy(() -> reading(frame(header)).request()).isInstanceOf(ProtocolViolation.class);
    }

    /** What the suite asks a worker to write stays in the folder that the worker makes for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/m",
                "../m",
                "a/../m",
                "a/..",
                ".",
                "",
                "a//m",
                "a/",
                "a\\b",
                "ä",
                "a\u0000",
                "1/2/3/4/5/6/7/8/9",
                "..."
            })
    void aPathOfAFileThatIsNotPlainIsRefused(String path) {
        assertThatThrownBy(() -> new Step.LoadFolder("m", path, new TreeMap<>(Map.of(path, Bytes.own(new byte[0])))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathOfAFileMayLeadThroughFolders() {
        String path = "..a/b.c/1/2/3/4/5/.hidden";
        assertThat(new Step.LoadFolder("m", path, new TreeMap<>(Map.of(path, Bytes.own(new byte[] {1})))).bytes())
                .isEqualTo(Bytes.own(new byte[] {1}));
    }

    @Test
    void anEmptyStreamIsTheEndOfTheConversation() throws IOException {
        assertThat(reading(new byte[0]).request()).isEmpty();
    }

    @Test
    void aWrongMagicIsAViolation() {
        byte[] bytes = frame("{}");
        bytes[0] = 'X';
        violates(bytes, "magic");
    }

    @Test
    void aLengthBeyondTheLimitIsAViolationBeforeAnythingIsRead() {
        byte[] bytes = frame("{}");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0xF0000000);
        violates(bytes, "at most 536870912");
    }

    @Test
    void aPromisedLengthThatDoesNotComeEndsTheStreamWithoutMemoryForIt() {
        byte[] bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(FrameWriter.MAGIC)
                .putInt(500 << 20)
                .putInt(0)
                .putInt(16 << 20)
                .array();
        assertThatThrownBy(() -> reading(bytes).request()).isInstanceOf(EOFException.class);
    }

    @Test
    void everyTruncationOfAFrameIsFound() {
        byte[] whole = frame(put("float32", "[2]", 0), new byte[8]);
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reading(part).request()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyFlippedBitOfAPayloadIsFound() {
        byte[] whole = frame(put("float32", "[2]", 0), new byte[8]);
        for (int bit = 8 * FrameWriter.PREAMBLE; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> reading(flipped).request()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void randomBytesBehindAGoodPreambleNeverDoWorseThanAViolation() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] payload = new byte[random.nextInt(64)];
            random.nextBytes(payload);
            byte[] bytes = framed(payload);
            assertThatThrownBy(() -> reading(bytes).request()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"id\":1}",
                "{\"request\":{\"step\":\"get\",\"tensor\":\"w\"}}",
                "{\"id\":1,\"request\":{\"step\":\"get\"}}",
                "{\"id\":1,\"request\":{\"step\":\"describe\"}}",
                "{\"id\":1,\"request\":{\"step\":\"gat\",\"tensor\":\"w\"}}",
                "{\"id\":1,\"request\":{\"step\":\"get\",\"tensor\":\"w\",\"more\":1}}",
                "{\"id\":1,\"id\":2,\"request\":{\"step\":\"get\",\"tensor\":\"w\"}}",
                "{\"id\":\"1\",\"request\":{\"step\":\"get\",\"tensor\":\"w\"}}",
                "{\"id\":1,\"request\":{\"step\":\"get\",\"tensor\":\"w\"}} x"
            })
    void aHeaderThatIsNotWhatTheTextSaysIsAViolation(String header) {
        violates(frame(header), "header");
    }

    @Test
    void jsonNestedTooDeepIsAViolation() {
        violates(frame("{\"id\":".repeat(5000)), "header");
    }

    @Test
    void aTensorShorterThanTypeAndShapeIsAViolation() {
        violates(frame(put("float32", "[3]", 0), new byte[8]), "needs 12");
    }

    @Test
    void aTensorWhoseSizeOverflowsIsAViolation() {
        violates(frame(put("float64", "[65536,16384]", 0), new byte[8]), "overflow");
    }

    @Test
    void aNegativeExtentIsAViolation() {
        violates(frame(put("float32", "[-1]", 0), new byte[0]), "negative");
    }

    @Test
    void aTensorOfTooHighRankIsAViolation() {
        violates(frame(put("int8", "[" + "1,".repeat(64) + "1]", 0), new byte[1]), "rank");
    }

    @Test
    void anAttachmentThatIsNotThereIsAViolation() {
        violates(frame(put("int8", "[1]", 1), new byte[1]), "no attachment 1");
    }

    @Test
    void anUnusedAttachmentIsAViolation() {
        violates(frame(put("int8", "[1]", 0), new byte[1], new byte[1]), "attachment 1");
    }

    @Test
    void anAttachmentUsedTwiceIsAViolation() {
        String tensor = tensor("int8", "[1]", 0);
        violates(
                frame(
                        "{\"id\":1,\"request\":{\"step\":\"run\",\"model\":\"m\",\"inputs\":{\"a\":" + tensor
                                + ",\"b\":" + tensor + "}}}",
                        new byte[1]),
                "twice");
    }

    @Test
    void bytesBehindTheLastAttachmentAreAViolation() {
        byte[] payload = Arrays.copyOfRange(frame("{}"), FrameWriter.PREAMBLE, frame("{}").length + 1);
        violates(framed(payload), "behind the last attachment");
    }

    @Test
    void stringsThatAreNotUtf8AreAViolation() {
        violates(frame(put("string", "[1]", 0), new byte[] {1, 0, 0, 0, (byte) 0xFF}), "UTF-8");
    }

    @Test
    void aFrameOverTheLimitIsNotSent() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Connection small = new Connection(InputStream.nullInputStream(), out, Limits.DEFAULT.withFrame(1000));
        Request large = new Request.Perform(new Step.Load("m", Bytes.own(new byte[1000]), false));
        assertThatThrownBy(() -> small.send(1, large)).isInstanceOf(ProtocolViolation.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void aFrameLargerThanTheGatheringBufferComesThrough() throws IOException {
        Tensor tensor = Tensor.ofBytes(ElementType.UINT8, Shape.of(1_000_000), new byte[1_000_000]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Request put = new Request.Perform(new Step.Put("w", tensor));
        new Connection(InputStream.nullInputStream(), out, Limits.DEFAULT).send(7, put);
        assertThat(reading(out.toByteArray()).request()).contains(new Message<>(7, put));
    }

    private static String put(String type, String shape, int attachment) {
        return String.format(PUT, tensor(type, shape, attachment));
    }

    private static String tensor(String type, String shape, int attachment) {
        return "{\"type\":\"" + type + "\",\"shape\":" + shape + ",\"attachment\":" + attachment + "}";
    }

    private static void violates(byte[] bytes, String reason) {
        assertThatThrownBy(() -> reading(bytes).request())
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(reason);
    }

    private static Connection reading(byte[] bytes) {
        return new Connection(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), Limits.DEFAULT);
    }

    private static byte[] frame(String header, byte[]... attachments) {
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        int size = 8
                + utf8.length
                + Arrays.stream(attachments).mapToInt(a -> 4 + a.length).sum();
        ByteBuffer payload = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(utf8.length).put(utf8).putInt(attachments.length);
        Arrays.stream(attachments).forEach(a -> payload.putInt(a.length).put(a));
        return framed(payload.array());
    }

    private static byte[] framed(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return ByteBuffer.allocate(12 + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("AIIS".getBytes(StandardCharsets.US_ASCII))
                .putInt(payload.length)
                .putInt((int) crc.getValue())
                .put(payload)
                .array();
    }
}
