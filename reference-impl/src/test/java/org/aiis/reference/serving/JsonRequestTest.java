package org.aiis.reference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INT8 | -128",
                "INT8 | 127",
                "UINT8 | 255",
                "INT16 | -32768",
                "UINT16 | 65535",
                "INT32 | -2147483648",
                "UINT32 | 4294967295",
                "INT64 | 9223372036854775807",
                "INT64 | -9223372036854775808",
                "UINT64 | 18446744073709551615",
                "INT64 | 9007199254740993"
            })
    void everyIntegerComesWithoutLoss(String datatype, String number) {
        Tensor tensor = one(datatype, number);
        String read = datatype.equals("UINT64") ? Long.toUnsignedString(tensor.bits(0)) : "" + tensor.integer(0);
        assertThat(read).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"1.0,1", "1e2,100", "-0,0", "0e999999999,0", "120e-1,12"})
    void whatIsAnIntegerMayBeWrittenAsJsonLikes(String written, long value) {
        assertThat(one("INT32", written).integer(0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "INT32,1.5",
        "INT32,2147483648",
        "UINT8,300",
        "UINT8,-1",
        "INT8,128",
        "UINT64,18446744073709551616",
        "UINT64,-1",
        "INT64,9223372036854775808",
        "INT64,1e999999999",
        "INT64,1e99999999999999",
        "FP32,1e39",
        "FP32,-1e400",
        "FP64,1e309",
        "BOOL,1",
        "BOOL,null",
        "FP32,true",
        "BYTES,1",
        "INT32,null",
        "FP64,[]",
        "FP32,{}"
    })
    void whatTheTypeDoesNotHoldIsRefused(String datatype, String written) {
        refused(request("[1]", datatype, "[" + written + "]"), Reason.NUMBER);
    }

    /** Nearest float32 of the decimal text; by way of float64 it would be its neighbour. */
    @Test
    void float32IsRoundedOnce() {
        // Halfway between 1 and the next float32, and a little more than float64 can tell.
        assertThat((float) one("FP32", "1.00000005960464477540").real(0)).isEqualTo(Math.nextUp(1f));
        assertThat(one("FP32", "-0").bits(0)).isEqualTo(0x80000000L);
        assertThat(one("FP64", "-0.0").bits(0)).isEqualTo(0x8000000000000000L);
        assertThat(one("FP64", "0.1").real(0)).isEqualTo(0.1);
        assertThat(one("FP32", "16777217").real(0)).isEqualTo(16777216);
    }

    @Test
    void flatAndNestedAreTheSame() {
        Tensor flat = read(request("[2,2,1]", "INT32", "[1,2,3,4]"));
        assertThat(read(request("[2,2,1]", "INT32", "[[[1],[2]],[[3],[4]]]"))).isEqualTo(flat);
        assertThat(
                        read(
                                "{\"inputs\":[{\"data\":[[[1],[2]],[[3],[4]]],\"datatype\":\"INT32\",\"name\":\"x\",\"shape\":[2,2,1]}]}"))
                .isEqualTo(flat);
        assertThat(read(request("[]", "INT32", "[7]")).integer(0)).isEqualTo(7);
        assertThat(read(request("[2,0]", "INT32", "[[],[]]")).size()).isZero();
        assertThat(read(request("[2,0]", "INT32", "[]")).size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[3] | [1,2]",
                "[1] | [1,2]",
                "[2,2] | [[1,2],[3]]",
                "[2,2] | [[1,2]]",
                "[2,2] | [[1],[2,3,4]]",
                "[2,2] | [[1,2],3,4]",
                "[0] | [1]",
                "[1000000000] | [1]",
                "[2,2] | [[1,2],[3,4],[5,6]]"
            })
    void aNumberOfElementsThatDoesNotFitIsRefused(String shape, String data) {
        refused(request(shape, "INT32", data), Reason.COUNT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[-1] | SHAPE",
                "[1.5] | SHAPE",
                "[\"1\"] | SHAPE",
                "[null] | SHAPE",
                "[99999999999999999999] | SHAPE",
                "[2147483648] | TOO_LARGE",
                "[65536,65536] | TOO_LARGE",
                "7 | MALFORMED",
                "{} | MALFORMED"
            })
    void aShapeThatNoTensorHasIsRefused(String shape, String reason) {
        refused(request(shape, "INT32", "[1]"), Reason.valueOf(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]",
                "{",
                "{}",
                "null",
                "{\"inputs\":[]} x",
                "{\"inputs\":[],\"inputs\":[]}",
                "{\"inputs\":{}}",
                "{\"inputs\":[1]}",
                "{\"inputs\":[{}]}",
                "{\"id\":1,\"inputs\":[]}",
                "{\"inputs\":[],\"nonsense\":1}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[NaN]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[Infinity]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[01]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\"}]}",
                "{\"inputs\":[],\"outputs\":[{\"name\":\"y\"},{\"name\":\"y\"}]}",
                "{\"inputs\":[],\"parameters\":{\"a\":[]}}"
            })
    void whatIsNoRequestIsMalformed(String body) {
        refused(body, Reason.MALFORMED);
    }

    @Test
    void nestingHasABound() {
        refused("{\"inputs\":" + "[".repeat(100_000), Reason.MALFORMED);
        refused(request("[1]", "INT32", "[".repeat(100_000)), Reason.NUMBER);
    }

    @Test
    void partsOfOtherExtensionsAreNotIgnored() {
        refused(
                "{\"inputs\":[],\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":3}}]}",
                Reason.UNSUPPORTED);
        refused("{\"inputs\":[],\"parameters\":{\"sequence_id\":3}}", Reason.UNSUPPORTED);
    }

    @Test
    void binaryDataHaveExactlyTheBytesOfTheirShape() {
        String input = "{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP16\",\"parameters\":{\"binary_data_size\":4}}";
        String json = "{\"inputs\":[" + input + "]}";
        byte[] right = with(json, 1, 2, 3, 4);
        Optional<String> length = Optional.of("" + json.length());
        InferenceRequest request = JsonRequest.read(right, length, ServingLimits.DEFAULT);
        assertThat(request.inputs().get("x").bits(1)).isEqualTo(0x0403);
        refused(with(json, 1, 2, 3), length, Reason.COUNT);
        refused(with(json, 1, 2, 3, 4, 5), length, Reason.COUNT);
        refused(right, Optional.of("x"), Reason.MALFORMED);
        refused(right, Optional.of("-1"), Reason.MALFORMED);
        refused(right, Optional.of("999999"), Reason.MALFORMED);
        refused(right, Optional.of("1"), Reason.MALFORMED);
        refused(right, Optional.empty(), Reason.MALFORMED);
        String three = json.replace(":4}", ":3}");
        refused(with(three, 1, 2, 3), length, Reason.COUNT);
    }

    @Test
    void bytesHoldZerosAndEveryCharacter() {
        Tensor json = read(request("[2]", "BYTES", "[\"a\\u0000b\",\"\\ud83d\\ude00\"]"));
        assertThat(json.strings()).containsExactly("a\0b", "😀");
        refused(request("[1]", "BYTES", "[\"\\ud83d\"]"), Reason.NUMBER);
        String head =
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":7}}]}";
        Optional<String> length = Optional.of("" + head.length());
        assertThat(JsonRequest.read(with(head, 3, 0, 0, 0, 'a', 0, 'b'), length, ServingLimits.DEFAULT)
                        .inputs()
                        .get("x"))
                .isEqualTo(Tensor.ofStrings(org.aiis.spec.tensor.Shape.of(1), java.util.List.of("a\0b")));
        refused(with(head, 4, 0, 0, 0, 'a', 0, 'b'), length, Reason.COUNT);
        refused(with(head, 2, 0, 0, 0, 'a', 0, 'b'), length, Reason.COUNT);
        refused(with(head, 255, 255, 255, 255, 'a', 0, 'b'), length, Reason.COUNT);
        refused(with(head, 3, 0, 0, 0, 'a', 0xFF, 'b'), length, Reason.NUMBER);
    }

    private static byte[] with(String json, int... bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        for (int b : bytes) {
            body.write(b);
        }
        return body.toByteArray();
    }

    private static String request(String shape, String datatype, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"data\":" + data
                + "}]}";
    }

    private static Tensor one(String datatype, String number) {
        return read(request("[1]", datatype, "[" + number + "]"));
    }

    private static Tensor read(String body) {
        Tensor tensor = JsonRequest.read(body.getBytes(StandardCharsets.UTF_8), Optional.empty(), ServingLimits.DEFAULT)
                .inputs()
                .get("x");
        assertThat(tensor).isNotNull();
        return tensor;
    }

    private static void refused(String body, Reason reason) {
        refused(body.getBytes(StandardCharsets.UTF_8), Optional.empty(), reason);
    }

    private static void refused(byte[] body, Optional<String> length, Reason reason) {
        assertThatThrownBy(() -> JsonRequest.read(body, length, ServingLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.reason()).as(e.told()).isEqualTo(reason));
    }
}
