package org.aiis.conformance.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
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

    /** Begins the id of a case about a node, a chain or the whole of a model that somebody brings, with the numbers that it makes. */
    public static final String OF_A_MODEL = ORACLE + "/of-a-model/";

    static final String ORIGIN = "vectors";

    /** Limits of the profile, and what ONNX's own runner takes. */
    public static final Map<String, Double> TOLERANCE = Map.of(AgreesCheck.RTOL, 1e-3, AgreesCheck.ATOL, 1e-7);

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
        cases.add(testCase(AGREES + name, again, new AgreesCheck(again)));
        if (knows(first.run().model())) {
            cases.add(testCase(ORACLE + name, again, new OracleCheck(ORACLE + name, again, standard, oracle)));
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
                ORIGIN);
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
                ORIGIN);
    }
}
