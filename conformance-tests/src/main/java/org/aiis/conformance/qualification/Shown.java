package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.qualification.panel.Change;
import org.aiis.conformance.qualification.panel.Invocation;
import org.aiis.conformance.qualification.panel.Right;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** The cases of one operator, each stimulus and each of the oracle's answers made once. Not for several threads. */
public final class Shown {
    /** A case with the runs that it shows: one, or the valid and the broken one. */
    private record Case(TestCase testCase, List<Right> runs) {}

    private final List<Case> cases = new ArrayList<>();
    /** By the inputs of the run, which are its own; its model may be another's too. */
    private final IdentityHashMap<Map<String, Tensor>, Reference> answers = new IdentityHashMap<>();

    private final Judge judge;
    private final Arithmetics arithmetics;

    Shown(Standard standard, Oracle oracle, List<TestCase> cases) {
        this(standard, oracle, Arithmetics.reference(), cases);
    }

    /** @param arithmetics which the judge gets references and error terms from */
    public Shown(Standard standard, Oracle oracle, Arithmetics arithmetics, List<TestCase> cases) {
        this.judge = new StandardJudge(new Remembering(oracle), standard);
        this.arithmetics = arithmetics;
        cases.forEach(this::add);
    }

    private void add(TestCase testCase) {
        Stimulus stimulus = testCase.stimulus().get();
        TestCase once = new TestCase(
                testCase.id(),
                testCase.requirements(),
                testCase.grade(),
                testCase.pair(),
                () -> stimulus,
                testCase.expectation(),
                testCase.origin());
        if (stimulus instanceof Stimulus.ModelRun run) {
            cases.add(new Case(once, List.of(right(run))));
        } else if (stimulus instanceof Stimulus.MustReject twins) {
            cases.add(new Case(once, List.of(right(twins.valid()), right(twins.broken()))));
        }
    }

    private Right right(Stimulus.ModelRun run) {
        Right right = Right.by(Invocation.of(run), arithmetics);
        right.reference().ifPresent(reference -> answers.put(run.inputs(), reference));
        return right;
    }

    public int count() {
        return cases.size();
    }

    /** The pairs of operator and type that the cases are about. */
    Set<OperatorType> pairs() {
        return cases.stream().flatMap(c -> c.testCase().pair().stream()).collect(Collectors.toSet());
    }

    public String id(int at) {
        return cases.get(at).testCase().id();
    }

    /** What the judge says of a change's answer to a case. */
    public Finding judged(int at, Change change, Terms terms) {
        Case shown = cases.get(at);
        List<Observation> observed =
                shown.runs().stream().map(r -> change.answer(r).observation()).toList();
        Observation observation =
                observed.size() == 1 ? observed.get(0) : new Observation.Twins(observed.get(0), observed.get(1));
        return judge.judge(shown.testCase(), observation, terms);
    }

    /** The oracle, not asked twice for the same run. */
    private final class Remembering implements Oracle {
        private final Oracle oracle;

        Remembering(Oracle oracle) {
            this.oracle = oracle;
        }

        @Override
        public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
            Reference known = answers.get(inputs);
            return known == null ? oracle.evaluate(model, inputs) : known;
        }

        @Override
        public void check(Bytes model) {
            oracle.check(model);
        }

        @Override
        public String digest() {
            return oracle.digest();
        }
    }
}
