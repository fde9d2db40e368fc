package org.aiis.report.toy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Verdict;

/**
 * A judge for tests: the catalogue is a map from case to requirements; a case passes when output {@code y} begins with
 * 1, is not driven when it was not, and fails otherwise.
 *
 * @param patterns how wrong values of a case are wrong
 * @param operators of its models
 * @param bytes of its stimulus
 * @param reasons other words for those of the toy
 * @param ofStandard cases that break a rule of this standard
 */
public record Toy(
        Map<String, List<String>> catalogue,
        Map<String, String> digests,
        Map<String, List<ErrorPattern>> patterns,
        Map<String, List<String>> operators,
        Map<String, Long> bytes,
        Map<String, String> reasons,
        Set<String> ofStandard)
        implements Rejudge {
    public static final String EXCHANGE = """
            ---
            class: exchange
            title: Model exchange
            depends: []
            ---
            # 3 Model exchange
            ## 3.1 Loading
            - **EXCH-LOAD** shall: A system under test shall load a valid model.
            - **EXCH-NAMES** shall: A system under test shall take inputs by name.
            - **EXCH-HINT** should: A system under test should say why it refuses.
            - **EXCH-SWIFT** may: A system under test may load lazily.
            - **EXCH-LATER** shall: A system under test shall load tomorrow's model. [untested: nobody has one]
            - **EXCH-STEADY** shall: A system under test shall answer alike in all cases.
            """;

    public static final String OPERATORS = """
            ---
            class: operators
            title: Operators
            depends: [exchange]
            ---
            # 4 Operators
            ## 4.1 Requirements
            - **OP-{operator}-VALUES** shall: A system under test shall return right values for {operator}.

            | operator | opsets | types | full | relaxed | shapes | special | reject |
            |---|---|---|---|---|---|---|---|
            | Add | 13 | float32 int32 | exact | exact | – | – | – |
            | Exp | 13 | float32 | exp | exp | – | – | – |
            """;

    public static Standard standard() {
        Map<String, String> chapters = new LinkedHashMap<>();
        chapters.put("03-exchange.md", EXCHANGE);
        chapters.put("04-operators.md", OPERATORS);
        return StandardReader.read(chapters);
    }

    /** Five cases: two for EXCH-LOAD, one each for names, hint and Add. */
    public static Toy small() {
        Map<String, List<String>> cases = new TreeMap<>();
        cases.put("EXCH-LOAD/plain", List.of("EXCH-LOAD"));
        cases.put("EXCH-LOAD/large", List.of("EXCH-LOAD"));
        cases.put("EXCH-NAMES/order", List.of("EXCH-NAMES"));
        cases.put("EXCH-HINT/type", List.of("EXCH-HINT"));
        cases.put("OP-Add-VALUES/float32/ordinary", List.of("OP-Add-VALUES"));
        return new Toy(cases);
    }

    public Toy(Map<String, List<String>> catalogue, Map<String, String> digests) {
        this(catalogue, digests, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    public Toy(Map<String, List<String>> catalogue) {
        this(
                catalogue,
                Map.of("catalogue", digest(catalogue.toString()), "oracle", digest("oracle"), "standard", digest("s")));
    }

    public static String digest(String text) {
        return Bytes.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public List<String> selection(Profile profile, Ics ics, Grade grade, List<String> globs) {
        return catalogue.keySet().stream()
                .filter(id -> globs.isEmpty() || globs.stream().anyMatch(g -> Glob.matches(g, id)))
                .sorted()
                .toList();
    }

    @Override
    public Optional<String> stimulusDigest(String caseId) {
        return catalogue.containsKey(caseId) ? Optional.of(digest("stimulus " + caseId)) : Optional.empty();
    }

    @Override
    public List<String> requirements(String caseId) {
        return catalogue.getOrDefault(caseId, List.of());
    }

    @Override
    public Contents contents(String caseId) {
        return new Contents(new TreeSet<>(operators.getOrDefault(caseId, List.of())), bytes.getOrDefault(caseId, 0L));
    }

    @Override
    public Finding judge(String caseId, Observation observation, Profile profile, Ics ics) {
        if (observation instanceof Observation.NotDriven n) {
            return Finding.of(Verdict.INCONCLUSIVE, n.reason()).because("not-driven");
        } else if (observation instanceof Observation.Measured m) {
            return Finding.pass().withTallies(Map.of("samples", m.samples()));
        } else if (!(observation instanceof Observation.Outputs o)) {
            return Finding.fail(reasons.getOrDefault("no-answer", "no-answer"), caseId + ": no answer")
                    .by(Finding.Basis.ONNX);
        }
        Recorded y = ((Observation.Outputs) observation).values().get("y");
        if (y != null && y.tensor().real(0) == 1.0) {
            return Finding.pass().withWorst(0.25);
        }
        double got = y == null ? Double.NaN : y.tensor().real(0);
        return Finding.fail(
                        "value",
                        caseId + ": y[0] = " + Double.toHexString(got) + ", reference 0x1.0p0, "
                                + Math.abs(got - 1) * 0x1p23 + " ulp, allowed 1")
                .withWorst(Math.abs(got - 1) * 0x1p23)
                .showing(patterns.getOrDefault(caseId, List.of()))
                .by(ofStandard.contains(caseId) ? Finding.Basis.STANDARD : Finding.Basis.ONNX);
    }

    @Override
    public Map<String, Finding> aggregate(
            Map<String, Finding> findings,
            org.aiis.spec.evidence.Entry.Begin begin,
            Profile profile,
            Ics ics,
            org.aiis.spec.conformity.Sut sut) {
        SortedMap<String, Finding> aggregates = new TreeMap<>();
        long driven = new ArrayList<>(findings.values())
                .stream().filter(f -> f.verdict() != Verdict.INCONCLUSIVE).count();
        Finding steady = driven > 0 ? Finding.pass() : Finding.of(Verdict.INCONCLUSIVE, "nothing was driven");
        aggregates.put("EXCH-STEADY", steady.withTallies(Map.of("cases driven", driven)));
        return aggregates;
    }
}
