package org.aiis.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Ten cases that nearly every network needs, shown to a backend before a run: whether it computes at all, and where. */
public final class FirstLook {
    private static final List<String> OPERATORS = List.of(
            "Add", "Mul", "MatMul", "Gemm", "Conv", "Relu", "MaxPool", "Softmax", "LayerNormalization", "Reshape");

    private FirstLook() {}

    /**
     * A case and what became of it.
     *
     * @param finding as a run would find it, were the pair and the precision modes that the backend tells of claimed: a
     *     rejection is a FAIL
     * @param ranOn providers that executed its nodes, as the backend tells it; empty when it does not
     */
    public record Look(String id, Finding finding, List<String> ranOn) {
        public Look {
            ranOn = List.copyOf(ranOn);
        }
    }

    /** The first float32 case of each of ten operators, judged. */
    public static List<Look> of(Suite suite, WorkerPool pool, Progress progress) {
        List<TestCase> cases =
                OPERATORS.stream().map(operator -> first(suite, operator)).toList();
        progress.stage("ten cases", cases.size());
        Set<PrecisionMode> told = IcsDraft.modes(pool.sut());
        List<Look> looks = new ArrayList<>();
        for (TestCase c : cases) {
            Observation observation = pool.observe(c.stimulus().get());
            Terms terms = new Terms(
                    Accuracy.RELAXED,
                    c.pair().map(Set::of).orElse(Set.of()),
                    Set.of(),
                    told,
                    Set.of(),
                    Set.of(),
                    pool.sut().provider(),
                    Set.of(),
                    Map.of());
            looks.add(new Look(c.id(), suite.judge().judge(c, observation, terms), ranOn(observation)));
            progress.tick();
        }
        return looks;
    }

    private static TestCase first(Suite suite, String operator) {
        OperatorType pair = new OperatorType(operator, ElementType.FLOAT32);
        return suite.catalogue().cases().stream()
                .filter(c -> c.pair().filter(pair::equals).isPresent()
                        && c.requirements().get(0).equals("OP-" + operator + "-TYPES"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the catalogue has no case of " + pair));
    }

    private static List<String> ranOn(Observation observation) {
        return observation instanceof Observation.Outputs outputs
                ? outputs.placement().stream().map(FirstLook::place).distinct().toList()
                : List.of();
    }

    /** Its provider, which stands last where a node was fused; else what became of it. */
    private static String place(NodePlacement node) {
        return switch (node.state()) {
            case PROVIDER -> node.by();
            case FUSED_INTO -> node.by().replaceFirst("\\)$", "").replaceFirst("^.*[ ,(]", "");
            case FOLDED, ELIMINATED, UNKNOWN -> node.state().name().toLowerCase(Locale.ROOT);
        };
    }
}
