package org.aiis.conformance.selftest;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.selftest.Check.Result;

/** The suite in violation: the worker has to end, and must not answer. */
final class ViolationChecks {
    private static final String DESCRIBE = "{\"id\":1,\"request\":{\"step\":\"describe\",\"protocol\":1}}";
    private static final String PUT = "{\"id\":1,\"request\":{\"step\":\"put\",\"tensor\":\"w\",\"value\":"
            + "{\"type\":\"float32\",\"shape\":[2],\"attachment\":0}}}";
    private static final byte[] EIGHT = new byte[8];

    private ViolationChecks() {}

    static List<Check> all() {
        byte[] right = RawFrame.of(DESCRIBE);
        byte[] payload = RawFrame.payload(DESCRIBE);
        byte[] trailing = Arrays.copyOf(payload, payload.length + 1);
        return List.of(
                frame("wrong-magic", "a wrong magic", RawFrame.changed(right, 0, 1)),
                frame("wrong-crc", "a wrong CRC-32", RawFrame.changed(right, 8, 1)),
                frame("damaged-payload", "a payload that does not fit its CRC-32", RawFrame.changed(right, 30, 1)),
                frame("over-the-limit", "a length over the limit", RawFrame.preamble((512 << 20) + 1, 0, payload)),
                frame("length-of-4-GiB", "a length over the limit", RawFrame.preamble(-1, 0, payload)),
                frame(
                        "payload-of-4-bytes",
                        "a payload too short for a header and a number",
                        RawFrame.sealed(new byte[4])),
                frame(
                        "header-too-long",
                        "a header longer than what is left",
                        RawFrame.sealed(RawFrame.withNumber(payload, 0, payload.length))),
                frame(
                        "header-of-4-GiB",
                        "a header longer than what is left",
                        RawFrame.sealed(RawFrame.withNumber(payload, 0, -1))),
                frame(
                        "too-many-attachments",
                        "more attachments than fit what is left",
                        RawFrame.sealed(RawFrame.withNumber(payload, payload.length - 4, 1))),
                frame(
                        "attachment-too-long",
                        "an attachment longer than what is left",
                        RawFrame.sealed(RawFrame.withNumber(RawFrame.payload(PUT, EIGHT), 8 + PUT.length(), 9))),
                frame("trailing-bytes", "bytes behind the last attachment", RawFrame.sealed(trailing)),
                header("not-json", "a header that is not JSON", "{\"id\":1,\"request\":"),
                header("not-an-object", "a header that is no object", "[1]"),
                header("behind-the-header", "text behind the JSON of a header", DESCRIBE + "}"),
                header(
                        "unknown-member",
                        "an unknown member",
                        "{\"id\":1,\"request\":{\"step\":\"describe\",\"protocol\":1,\"extra\":1}}"),
                header(
                        "member-twice",
                        "a member given twice",
                        "{\"id\":1,\"request\":{\"step\":\"describe\",\"protocol\":2,\"protocol\":1}}"),
                header("missing-member", "a missing member", "{\"id\":1,\"request\":{\"step\":\"get\"}}"),
                header(
                        "wrong-type",
                        "a member of another kind",
                        "{\"id\":1,\"request\":{\"step\":\"get\",\"tensor\":7}}"),
                header("unknown-step", "an unknown step", "{\"id\":1,\"request\":{\"step\":\"reboot\"}}"),
                header("nested-deep", "JSON nested deeper than 100", "[".repeat(5000) + "]".repeat(5000)),
                header("unused-attachment", "an attachment that no value uses", DESCRIBE, EIGHT),
                header(
                        "attachment-twice",
                        "an attachment that two values use",
                        "{\"id\":1,\"request\":{\"step\":\"run\",\"model\":\"m\",\"inputs\":{"
                                + "\"a\":{\"type\":\"float32\",\"shape\":[2],\"attachment\":0},"
                                + "\"b\":{\"type\":\"float32\",\"shape\":[2],\"attachment\":0}}}}",
                        EIGHT),
                header("no-such-attachment", "an attachment that is not there", PUT),
                header("tensor-too-short", "a tensor that does not fit its attachment", PUT, new byte[7]),
                header("tensor-too-long", "a tensor that does not fit its attachment", PUT, new byte[12]),
                header("unknown-type", "an unknown element type", PUT.replace("float32", "float33"), EIGHT),
                header("negative-extent", "a negative extent", PUT.replace("[2]", "[-1,-2]"), EIGHT),
                header(
                        "huge-extent",
                        "more than 2^31 - 1 elements",
                        PUT.replace("[2]", "[65536,65536,65536,65536]"),
                        EIGHT),
                header(
                        "string-too-long",
                        "a string longer than its attachment",
                        PUT.replace("float32", "string").replace("[2]", "[1]"),
                        new byte[] {9, 0, 0, 0, 'a', 'b', 'c', 'd'}),
                header(
                        "string-not-utf8",
                        "a string that is not UTF-8",
                        PUT.replace("float32", "string").replace("[2]", "[1]"),
                        new byte[] {2, 0, 0, 0, (byte) 0xC3, 'x'}));
    }

    private static Check header(String name, String what, String header, byte[]... attachments) {
        return frame(name, what, RawFrame.of(header, attachments));
    }

    private static Check frame(String name, String what, byte[] bytes) {
        return new Check("violations/" + name, "Violations", "a worker that is sent " + what + " ends", bench -> {
            try (Adapter adapter = bench.own()) {
                adapter.mustEndAfter(bytes, what);
            }
            return Result.PASSED;
        });
    }
}
