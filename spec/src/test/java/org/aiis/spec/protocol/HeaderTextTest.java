package org.aiis.spec.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Attachments.Reference;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that are written and read member by member are those of the general codec, errors included. */
class HeaderTextTest {
    private static final String ODD = "a\"b\\c/\b\f\n\r\t\u0001\u007f é \u2028 \ud83d\ude00 </script>";

    private static Stream<RequestHeader.Numbered> requests() {
        Reference scalar = new Reference(ElementType.INT64, Shape.SCALAR, 0);
        Reference image = new Reference(ElementType.BFLOAT16, Shape.of(1, 0, 28, 28), 12);
        return Stream.of(
                        new RequestHeader.Load("model", 0, true, Optional.empty()),
                        new RequestHeader.Load(ODD, 3, false, Optional.empty()),
                        new RequestHeader.Load("model", 0, false, Optional.of(true)),
                        new RequestHeader.Load("model", 0, true, Optional.of(false)),
                        new RequestHeader.Close(""),
                        new RequestHeader.Close(ODD),
                        new RequestHeader.Run("m", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of()),
                        new RequestHeader.Run(
                                "m",
                                new TreeMap<>(Map.of("x", scalar, "w", image, ODD, scalar)),
                                new TreeMap<>(Map.of("kept", "handle")),
                                new TreeMap<>(Map.of("a", ODD, "b", "")),
                                List.of("y", ODD)),
                        new RequestHeader.Describe(1),
                        new RequestHeader.Describe(0),
                        new RequestHeader.Drop("t"))
                .flatMap(header ->
                        Stream.of(0L, 7L, 123_456_789L, 1L << 40).map(id -> new RequestHeader.Numbered(id, header)));
    }

    private static Stream<AnswerHeader.Numbered> answers() {
        return Stream.of(
                        new AnswerHeader.Outputs(new TreeMap<>(), List.of()),
                        new AnswerHeader.Outputs(
                                new TreeMap<>(Map.of(
                                        "y0",
                                        new Reference(ElementType.FLOAT32, Shape.of(2, 3), 0),
                                        "y1",
                                        new Reference(ElementType.STRING, Shape.SCALAR, 1))),
                                List.of(
                                        new NodePlacement("#0/Add", State.PROVIDER, "CPUExecutionProvider"),
                                        new NodePlacement(ODD, State.FOLDED, ""))),
                        new AnswerHeader.Rejected(Phase.LOAD, "FAIL", ODD),
                        new AnswerHeader.NotDriven("no type int4"),
                        new AnswerHeader.Described(
                                4, new Sut("", ODD, "1.0", "cpu", "P", new TreeMap<>(), new TreeMap<>())),
                        new AnswerHeader.Described(
                                1,
                                new Sut(
                                        "ONNX Runtime",
                                        "Microsoft",
                                        ODD,
                                        "faulty:sum",
                                        "CPUExecutionProvider",
                                        new TreeMap<>(Map.of("lib.so", "0".repeat(64), ODD, "")),
                                        new TreeMap<>(Map.of("b", ODD, "a", "")))),
                        new AnswerHeader.Refused("no"))
                .flatMap(header -> Stream.of(0L, 10L, 1L << 40).map(id -> new AnswerHeader.Numbered(id, header)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsWrittenAndReadAsTheGeneralCodecDoes(RequestHeader.Numbered header) throws ProtocolViolation {
        assertThat(HeaderWriter.text(header)).isEqualTo(Codec.canonical(header));
        assertThat(HeaderReader.request(Codec.canonical(header))).isEqualTo(header);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsWrittenAndReadAsTheGeneralCodecDoes(AnswerHeader.Numbered header) throws ProtocolViolation {
        assertThat(HeaderWriter.text(header)).isEqualTo(Codec.canonical(header));
        assertThat(HeaderReader.answer(Codec.canonical(header))).isEqualTo(header);
    }

    @Test
    void aRequestThatIsOneCharacterOffIsReadOrRefusedAsTheGeneralCodecDoes() {
        requests()
                .filter(header -> header.id() == 7)
                .flatMap(header -> edits(Codec.canonical(header)).stream())
                .forEach(text -> assertThat(told(() -> HeaderReader.request(text)))
                        .as(text)
                        .isEqualTo(told(() -> Codec.json(text, RequestHeader.Numbered.class, "header", 1))));
    }

    @Test
    void anAnswerThatIsOneCharacterOffIsReadOrRefusedAsTheGeneralCodecDoes() {
        answers()
                .filter(header -> header.id() == 10)
                .flatMap(header -> edits(Codec.canonical(header)).stream())
                .forEach(text -> assertThat(told(() -> HeaderReader.answer(text)))
                        .as(text)
                        .isEqualTo(told(() -> Codec.json(text, AnswerHeader.Numbered.class, "header", 1))));
    }

    @Test
    void aMemberThatIsGivenTwiceIsRefused() {
        String twice =
                "{\"id\":1,\"request\":{\"step\":\"run\",\"fetch\":[],\"inputs\":{},\"keep\":{\"a\":\"b\",\"a\":\"c\"},"
                        + "\"kept\":{},\"model\":\"m\"}}";
        assertThat(told(() -> HeaderReader.request(twice))).asString().contains("Duplicate");
    }

    private interface Reading {
        Object read() throws ProtocolViolation;
    }

    private static Object told(Reading reading) {
        try {
            return reading.read();
        } catch (ProtocolViolation | InputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<String> edits(String text) {
        List<String> edits = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            String before = text.substring(0, i);
            edits.add(before + text.substring(i + 1));
            for (String put : List.of(" ", "0", "-", "\\", "\"", "9999999999", "\n")) {
                edits.add(before + put + text.substring(i));
            }
        }
        edits.add(text + " ");
        edits.add(text + "}");
        return edits;
    }
}
