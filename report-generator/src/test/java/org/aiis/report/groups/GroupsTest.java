package org.aiis.report.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.report.toy.Toy;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    private static final String FRAME =
            "#  SIGSEGV (0xb) at pc=0x1\n# Problematic frame:\n# C  [libexample.so+0x6c5e23]  kernel+0x12";

    @TempDir
    Path folder;

    private final ToyRun run = new ToyRun();
    private final Map<String, List<String>> catalogue = new TreeMap<>();

    /** A failing case: what it did, or how its wrong values are wrong. */
    private void fails(String id, Observation seen, ErrorPattern... patterns) {
        catalogue.put(id, List.of(id.replaceFirst("/.*", "")));
        run.observations.put(id, seen);
        run.toy.patterns().put(id, List.of(patterns));
    }

    private void wrong(String operator, String form, ErrorPattern... patterns) {
        fails("OP-" + operator + "-" + form, ToyRun.answer(1.5), patterns);
    }

    private List<Results.Group> groups() {
        Map<String, List<ErrorPattern>> patterns = run.toy.patterns();
        Map<String, Long> bytes = run.toy.bytes();
        run.toy = new Toy(catalogue);
        run.toy.patterns().putAll(patterns);
        run.toy.bytes().putAll(bytes);
        List<String> all = new ArrayList<>();
        List<Results.Group> groups = run.results(folder).groups();
        groups.forEach(g -> all.addAll(g.cases()));
        assertThat(all).as("each failing case in one group").containsExactlyInAnyOrderElementsOf(catalogue.keySet());
        return groups;
    }

    @Test
    void oneErrorInManyOperatorsIsOneGroup() {
        List.of("Add", "Sub", "Mul", "Div").forEach(o -> wrong(o, "SPECIAL/float32/nan", ErrorPattern.NAN_LOST));
        assertThat(groups()).singleElement().satisfies(g -> {
            assertThat(g.what()).startsWith("wrong values, NaN lost");
            assertThat(g.operators()).containsExactly("Add", "Div", "Mul", "Sub");
            assertThat(g.patterns()).containsExactly(ErrorPattern.NAN_LOST);
        });
    }

    @Test
    void oneErrorInAFewOperatorsIsAGroupForEach() {
        List.of("Add", "Sub", "Mul").forEach(o -> wrong(o, "SPECIAL/float32/" + o, ErrorPattern.NAN_LOST));
        assertThat(groups()).hasSize(3);
    }

    @Test
    void wrongElementsWithoutAPatternAreAGroupForEachOperator() {
        List.of("A", "B", "C", "D", "E", "F", "G", "H", "I")
                .forEach(o -> wrong(o, "VALUES/float32/" + o, ErrorPattern.ALL));
        assertThat(groups()).hasSize(9);
    }

    @Test
    void aCaseWithTwoErrorsStandsWithTheOneThatExplainsMore() {
        List.of("Add", "Sub", "Mul", "Div", "Pow").forEach(o -> wrong(o, "SPECIAL/float32/nan", ErrorPattern.NAN_LOST));
        wrong("Max", "SPECIAL/float32/both", ErrorPattern.NAN_LOST, ErrorPattern.ZERO_SIGN);
        assertThat(groups()).hasSize(1);
    }

    @Test
    void operatorsThatFailTheSameCasesAreOneGroup() {
        for (String operator : List.of("Softmax", "LogSoftmax")) {
            wrong(operator, "SHAPES/float32/opset13/axis-left-out", ErrorPattern.ALL);
            wrong(operator, "SHAPES/float32/opset17/axis-left-out", ErrorPattern.ALL);
        }
        wrong("Round", "VALUES/float32/opset17/ties", ErrorPattern.ALL);
        assertThat(groups())
                .extracting(Results.Group::operators)
                .containsExactly(List.of("LogSoftmax", "Softmax"), List.of("Round"));
    }

    @Test
    void deathsInOneFrameAreOneGroupAndOthersAreNot() {
        fails("OP-Max-SHAPES/float32/a", new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", FRAME));
        fails("OP-Min-SHAPES/float32/a", new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", FRAME));
        fails(
                "OP-Sum-SHAPES/float32/b",
                new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", FRAME.replace("kernel", "other")));
        // The toy says no-answer of a death: the real judge says crashed.
        run.toy.reasons().put("no-answer", "crashed");
        Map<String, String> reasons = run.toy.reasons();
        run.toy = new Toy(catalogue);
        run.toy.reasons().putAll(reasons);
        assertThat(run.results(folder).groups())
                .extracting(Results.Group::what)
                .containsExactly("process died: Max, Min – SIGSEGV in libexample.so kernel", "process died: Sum");
    }

    @Test
    void refusalsInTheSameWordsAreOneGroupWhateverNamesAndNumbersTheyHold() {
        run.toy.reasons().put("no-answer", "rejected");
        Map<String, String> reasons = run.toy.reasons();
        for (String type : List.of("bfloat16", "float16")) {
            for (String operator : List.of("Sin", "Cos")) {
                fails(
                        "OP-" + operator + "-TYPES/" + type + "/plain",
                        new Observation.Rejected(
                                Observation.Phase.LOAD,
                                "NOT_IMPLEMENTED",
                                "Could not find an implementation for " + operator + "(22) node with name 'n" + type
                                        + "'"));
            }
        }
        run.toy = new Toy(catalogue);
        run.toy.reasons().putAll(reasons);
        assertThat(run.results(folder).groups()).singleElement().satisfies(g -> {
            assertThat(g.types()).containsExactly("bfloat16", "float16");
            assertThat(g.what()).contains("NOT_IMPLEMENTED Could not find an implementation for");
        });
    }

    @Test
    void theSmallestCaseComesFirst() {
        wrong("Add", "VALUES/float32/a-large", ErrorPattern.ALL);
        wrong("Add", "VALUES/float32/b-small", ErrorPattern.ALL);
        run.toy.bytes().put("OP-Add-VALUES/float32/a-large", 4096L);
        run.toy.bytes().put("OP-Add-VALUES/float32/b-small", 64L);
        Results.Group group = groups().get(0);
        assertThat(group.smallest()).isEqualTo("OP-Add-VALUES/float32/b-small");
        assertThat(group.cases().get(0)).isEqualTo(group.smallest());
    }
}
