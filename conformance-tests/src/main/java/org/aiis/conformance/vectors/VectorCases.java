package org.aiis.conformance.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.conformance.judge.Closeness;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * The data sets of a folder as cases: each against the outputs of the folder, and where the oracle knows the model, against
 * the oracle with the standard's own tolerance. A data set that cannot cross the worker port becomes a case that is not
 * driven, with the reason.
 */
public final class VectorCases implements CaseSource {
    /** Requirements of chapter 11. */
    public static final String AGREES = "VEC-AGREES";

    public static final String ORACLE = "VEC-ORACLE";

    /** Limits of the profile, and what ONNX's own runner takes. */
    public static final Map<String, Double> TOLERANCE = Map.of("vectors-rtol", 1e-3, "vectors-atol", 1e-7);

    /** Data sets up to this size stay in memory, all together no more than {@link #KEPT}. */
    private static final long SMALL = 1 << 20;

    private static final long KEPT = 128 << 20;

    private final Standard standard;
    private final Oracle oracle;
    private final List<TestCase> cases = new ArrayList<>();
    private long kept;

    public VectorCases(VectorFolder folder, Standard standard, Oracle oracle) {
        this.standard = standard;
        this.oracle = oracle;
        for (VectorFolder.Vectors vectors : folder.cases()) {
            List<Integer> sets = vectors.sets().isEmpty()
                    ? List.of(0)
                    : List.copyOf(vectors.sets().keySet());
            sets.forEach(set -> add(vectors, set));
        }
    }

    @Override
    public Stream<TestCase> cases() {
        return cases.stream();
    }

    private void add(VectorFolder.Vectors vectors, int set) {
        String name = "/" + vectors.name() + "/" + set;
        DataSet first;
        try {
            first = DataSet.read(vectors, set);
        } catch (InputException reason) {
            cases.add(notDriven(name, String.valueOf(reason.getMessage())));
            return;
        }
        Supplier<DataSet> data = () -> DataSet.read(vectors, set);
        if (first.size() <= SMALL && kept + first.size() <= KEPT) {
            kept += first.size();
            data = () -> first;
        }
        Supplier<DataSet> again = data;
        cases.add(testCase(AGREES + name, again, (observation, terms) -> agrees(again.get(), observation, terms)));
        if (knows(first.run().model())) {
            OracleCheck check = new OracleCheck(ORACLE + name, again, delegate(first.run()));
            cases.add(testCase(ORACLE + name, again, check));
        }
    }

    private boolean knows(Bytes model) {
        try {
            oracle.check(model);
            return true;
        } catch (Oracle.Refusal unknown) {
            return false;
        }
    }

    private static TestCase testCase(String id, Supplier<DataSet> data, Expectation.Check check) {
        return new TestCase(
                id,
                List.of(id.substring(0, id.indexOf('/'))),
                Grade.QUICK,
                Optional.empty(),
                () -> data.get().run(),
                new Expectation.Behaviour(check),
                "vectors");
    }

    /** Nothing is shown to the worker. */
    private static TestCase notDriven(String name, String reason) {
        return new TestCase(
                AGREES + name,
                List.of(AGREES),
                Grade.QUICK,
                Optional.empty(),
                Stimulus.Script::of,
                new Expectation.Behaviour(
                        (observation, terms) -> Finding.of(Verdict.INCONCLUSIVE, "not driven: " + reason)
                                .because("not-driven")),
                "vectors");
    }

    private static Finding agrees(DataSet data, Observation observation, Terms terms) {
        if (observation instanceof Observation.Rejected rejected) {
            return rejected(rejected);
        }
        Closeness closeness = new Closeness(
                data.tolerance().getOrDefault("rtol", limit(terms, "vectors-rtol")),
                data.tolerance().getOrDefault("atol", limit(terms, "vectors-atol")));
        Closeness.Result result = closeness.compare(outputs(observation).values(), data.expected());
        Finding finding = result.close() ? Finding.pass() : Finding.fail("value", result.problem());
        return finding.withWorst(result.worst());
    }

    private static double limit(Terms terms, String name) {
        return terms.limit(name, TOLERANCE.getOrDefault(name, 0.0));
    }

    private static Finding rejected(Observation.Rejected rejected) {
        return Finding.fail("rejected", "rejected: " + rejected.message() + "; outputs are expected");
    }

    private static Observation.Outputs outputs(Observation observation) {
        if (observation instanceof Observation.Outputs outputs) {
            return outputs;
        }
        throw new IllegalStateException("outputs are expected, "
                + observation.getClass().getSimpleName() + " was observed");
    }

    /** The tolerance of the operator's row for a single node, the running error of the graph for more. */
    private Delegate delegate(Stimulus.ModelRun run) {
        List<NodeProto> nodes = Models.parse(run.model()).getGraph().getNodeList();
        OperatorRow row =
                nodes.size() == 1 ? standard.operators().get(nodes.get(0).getOpType()) : null;
        if (row == null || !nodes.get(0).getDomain().isEmpty()) {
            return new Delegate(Optional.empty(), new Tolerance.RunningError());
        }
        ElementType type = nodes.get(0).getInputList().stream()
                .map(run.inputs()::get)
                .filter(java.util.Objects::nonNull)
                .map(Tensor::type)
                .findFirst()
                .orElse(ElementType.FLOAT32);
        return new Delegate(Optional.of(new OperatorType(row.operator(), type)), row.full());
    }

    /** What the judge needs to weigh a model as it weighs the catalogue's. */
    private record Delegate(Optional<OperatorType> pair, Tolerance tolerance) {}

    /** Asks the oracle first, so that a model it cannot evaluate after all is no error of the suite. */
    private final class OracleCheck implements Expectation.Check {
        private final String id;
        private final Supplier<DataSet> data;
        private final Delegate delegate;

        OracleCheck(String id, Supplier<DataSet> data, Delegate delegate) {
            this.id = id;
            this.data = data;
            this.delegate = delegate;
        }

        @Override
        public Finding check(Observation observation, Terms terms) {
            if (observation instanceof Observation.Rejected rejected) {
                return rejected(rejected);
            }
            Stimulus.ModelRun run = data.get().run();
            Known known;
            try {
                known = new Known(oracle.evaluate(run.model(), run.inputs()), oracle.digest());
            } catch (Oracle.Refusal refused) {
                return Finding.of(Verdict.INCONCLUSIVE, "the oracle does not take it: " + refused.getMessage())
                        .because("no-reference");
            }
            TestCase inner = new TestCase(
                    id,
                    List.of(ORACLE),
                    Grade.QUICK,
                    delegate.pair(),
                    () -> run,
                    new Expectation.ByOracle(delegate.tolerance()),
                    "vectors");
            Finding finding = new StandardJudge(known, standard).judge(inner, observation, terms);
            String prefix = id + ": ";
            return finding.message().startsWith(prefix)
                    ? finding.saying(finding.message().substring(prefix.length()))
                    : finding;
        }
    }
}
