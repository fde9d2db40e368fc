package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis diff} of a model on several backends: right ones, wrong ones, and one with two sets of options. */
class DiffModelTest {
    @TempDir
    static Path folder;

    private static Path model = Path.of("");

    @BeforeAll
    static void written() throws IOException {
        float[] weights = new float[64];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 37 % 64 - 31) / 100f;
        }
        model = Files.write(
                folder.resolve("model.onnx"),
                Models.parse(new ModelBuilder(17)
                                .input("x", ElementType.FLOAT32, 5, 8)
                                .initializer("w", Tensor.ofFloats(Shape.of(8, 8), weights))
                                .node("MatMul", List.of("x", "w"), List.of("m"))
                                .node("Erf", List.of("m"), List.of("e"))
                                .node("MatMul", List.of("e", "w"), List.of("y"))
                                .node("Log", List.of("x"), List.of("l"))
                                .openOutput("y", ElementType.FLOAT32)
                                .openOutput("l", ElementType.FLOAT32)
                                .build())
                        .toByteArray());
    }

    private static Outcome diff(String... more) {
        return aiis(Stream.concat(Stream.of("diff", model.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void oneBackendTwiceGivesTheSameBits() {
        Outcome diff = diff("--backend", "reference", "--backend", "reference", "--nodes");

        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out()).contains("y: the same bits", "l: the same bits", "nodes: 0 of 4 gave other bits");
    }

    @Test
    void rightBackendsDifferWithinWhatIsAllowedAndTheCloserIsNamed() {
        Outcome diff = diff("--backend", "reference", "--backend", "cpu", "--json");

        assertThat(diff.code()).as(diff.err()).isZero();
        JsonNode y = Codec.tree(diff.out(), "standard output").at("/systems/1/against/random/1");
        assertThat(y.at("/name").asText()).isEqualTo("y");
        assertThat(y.at("/apart/steps").asDouble()).isPositive();
        assertThat(y.at("/limits").asDouble()).isBetween(1e-6, 1.0);
        assertThat(y.at("/errorFirst").asDouble()).isLessThan(y.at("/errorHere").asDouble());
    }

    @Test
    void lessPreciseProductsAreWorseAndThePartingIsTheFirstProduct() {
        Outcome diff = diff("--backend", "reference", "--backend", "faulty:tf32-products", "--nodes");

        assertThat(diff.code()).as(diff.err()).isEqualTo(1);
        assertThat(diff.out()).contains("FAIL (value)", "the first is closer to the oracle", "first n0 (MatMul)");
    }

    @Test
    void aDeathIsWorseAndNumbersOfTheOthersAreToldStill() {
        Outcome diff = diff("--backend", "cpu", "--backend", "faulty:dies-on-erf", "--backend", "reference", "--nodes");

        assertThat(diff.code()).as(diff.err()).isEqualTo(1);
        assertThat(diff.out())
                .contains("FAIL (crashed)", "does not run the model with every tensor", "3         AIIS reference")
                .contains("y: ");
    }

    @Test
    void aNanThatOneOfThemLosesIsNoNumber() {
        Outcome diff = diff("--backend", "reference", "--backend", "faulty:nan-swallowed");

        assertThat(diff.code()).as(diff.err()).isEqualTo(1);
        assertThat(diff.out()).contains("l: ", "NaN or infinite in one alone");
    }

    @Test
    void twoSetsOfOptionsAreTwoSystems() {
        Outcome diff =
                diff("--backend", "cpu?optimization-level=basic", "--backend", "cpu?optimization-level=all", "--json");

        assertThat(diff.code()).as(diff.err()).isZero();
        JsonNode systems = Codec.tree(diff.out(), "standard output").at("/systems");
        assertThat(systems.at("/0/sut/properties/optimization-level").asText()).isEqualTo("basic");
        assertThat(systems.at("/1/sut/properties/optimization-level").asText()).isEqualTo("all");
    }

    @Test
    void wrongUsageIsToldInALine() {
        for (String[] wrong :
                new String[][] {{}, {"--backend", "cpu"}, {"another", "--backend", "cpu", "--backend", "cpu"}}) {
            Outcome diff = diff(wrong);
            assertThat(diff.code()).isEqualTo(2);
            assertThat(diff.err()).contains("give two bundles, or a model with --backend twice");
        }
        assertThat(diff("--backend", "cpu", "--backend", "nothing-like-it").code())
                .isEqualTo(2);
    }
}
