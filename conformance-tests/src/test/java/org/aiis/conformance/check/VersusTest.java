package org.aiis.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Where systems part is the same place however many tensors they show in one run. */
class VersusTest {
    private static final Tensor X = Tensor.ofFloats(Shape.of(1, 3), 0.1f, 0.2f, 0.7f);

    private static ModelFile model() {
        return new ModelFile(Models.parse(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 1, 3)
                .initializer(
                        "w", Tensor.ofFloats(Shape.of(3, 3), 0.1f, -0.3f, 0.5f, 0.7f, 0.9f, -1.1f, 1.3f, 1.7f, 1.9f))
                .node("Tanh", List.of("x"), List.of("t"))
                .node("MatMul", List.of("t", "w"), List.of("m"))
                .node("Erf", List.of("m"), List.of("e"))
                .node("MatMul", List.of("e", "w"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build()));
    }

    /** Where the last of two systems parts from the first. */
    private static Divergence.Parting parting(String other, long atOnce) {
        return Versus.of(
                        new Versus.Asked(
                                model(),
                                List.of(backend("reference"), backend(other)),
                                Optional.empty(),
                                60,
                                true,
                                atOnce),
                        Map.of("random", Map.of("x", X)),
                        StandardReader.bundled(),
                        Progress.SILENT)
                .systems()
                .get(1)
                .parting()
                .orElseThrow();
    }

    private static BackendUri backend(String name) {
        return BackendUri.of(name, new TreeMap<>());
    }

    @Test
    void thePlaceIsTheSameInPartsAndInOneRun() {
        Divergence.Parting parts = parting("faulty:tf32-products", 1);

        assertThat(parts).isEqualTo(parting("faulty:tf32-products", Long.MAX_VALUE));
        assertThat(parts.most()).get().matches(node -> node.operator().equals("MatMul"));
        assertThat(parts.compared()).isEqualTo(4);
    }

    @Test
    void aSystemThatIsSilentInAPartIsSaidToBeIt() {
        Divergence.Parting parts = parting("faulty:dies-on-erf", 1);

        assertThat(parts).isEqualTo(parting("faulty:dies-on-erf", Long.MAX_VALUE));
        assertThat(parts.remark()).contains("does not run the model");
    }
}
