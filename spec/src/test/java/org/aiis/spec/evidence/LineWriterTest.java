package org.aiis.spec.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A line that is written member by member is that of the general codec. */
class LineWriterTest {
    private static final String ODD = "a\"b\\c/\b\f\n\r\t\u0001\u007f é \u2028 \ud83d\ude00 </script>";

    private static Stream<Entry> entries() {
        return Stream.concat(
                observations().flatMap(o -> findings().map(f -> done(o, f))), Stream.of(new Entry.End(3, ODD)));
    }

    private static Entry.CaseDone done(Observation observation, Finding finding) {
        return new Entry.CaseDone(
                "OP-Add-VALUES/float32", ODD, observation, finding, Optional.of(new Seat(2, 345)), 1_234_567_890_123L);
    }

    private static Stream<Observation> observations() {
        Recorded digest = new Recorded.Digest(ElementType.BFLOAT16, Shape.of(3, 0), ODD);
        Recorded scalar = whole(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, new long[] {-1}));
        Recorded strings = whole(Tensor.ofStrings(Shape.of(2), List.of("", ODD)));
        Recorded packed = whole(Tensor.ofBytes(ElementType.UINT8, Shape.of(5000), new byte[5000]));
        Observation outputs = new Observation.Outputs(
                new TreeMap<>(Map.of("y", digest, "a", scalar, ODD, strings, "z", packed)),
                List.of(new NodePlacement(ODD, State.FUSED_INTO, ODD), new NodePlacement("", State.FOLDED, "")));
        Observation rejected = new Observation.Rejected(Phase.LOAD, "FAIL", ODD);
        return Stream.of(
                outputs,
                Observation.Outputs.none(),
                rejected,
                new Observation.Twins(outputs, rejected),
                new Observation.Twins(rejected, new Observation.NotDriven("")),
                new Observation.Crashed(Phase.RUN, "SIGSEGV", ODD),
                new Observation.Transcript(List.of(outputs, new Observation.TimedOut(Phase.RUN, 5))));
    }

    private static Recorded whole(Tensor tensor) {
        return new Recorded.Whole(tensor);
    }

    private static Stream<Finding> findings() {
        return Stream.of(
                Finding.pass(),
                Finding.pass().withWorst(0),
                Finding.pass().withWorst(1e-300).by(Finding.Basis.ONNX),
                Finding.pass().withWorst(12345678.9),
                Finding.fail("wrong", ODD)
                        .withTallies(Map.of("nodes.provider", 1L, "kept.float16", 1L << 40))
                        .showing(List.of(ErrorPattern.values())),
                Finding.of(Verdict.NOT_APPLICABLE, ""));
    }

    private static String text(Chain.Line line) {
        return LineWriter.text(LineWriter.entry(line.entry()), line.prev(), line.seq());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aLineIsWrittenAsTheGeneralCodecDoes(Entry entry) {
        Chain.Line line = new Chain.Line(7, Chain.GENESIS, entry);

        assertThat(text(line)).isEqualTo(Codec.canonical(line));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aLineWithoutASeatIsToo(Entry entry) {
        Chain.Line line = new Chain.Line(0, "", entry instanceof Entry.CaseDone done ? done.unseated() : entry);

        assertThat(text(line)).isEqualTo(Codec.canonical(line));
    }
}
