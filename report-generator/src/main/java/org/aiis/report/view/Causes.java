package org.aiis.report.view;

import java.util.List;
import java.util.Optional;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Whose;

/** Failures by what they have in common, and what showing cases again showed. */
final class Causes {
    /** Groups printed; the rest stands in results.json. */
    private static final int PRINTED = 40;

    /** Cases listed a group. */
    private static final int LISTED = 12;

    private static final int FEW_TYPES = 8;

    private static final int LONGEST = 400;

    private final Results results;

    Causes(Results results) {
        this.results = results;
    }

    Page.Causes causes() {
        List<Results.Group> groups = results.groups();
        return new Page.Causes(
                groups.stream().limit(PRINTED).map(this::cause).toList(),
                Math.max(0, groups.size() - PRINTED),
                groups.stream().mapToInt(g -> g.cases().size()).sum(),
                labels());
    }

    private Page.Cause cause(Results.Group group) {
        List<String> listed = group.cases().stream().limit(LISTED).toList();
        return new Page.Cause(
                Numbers.cut(group.what(), LONGEST),
                group.whose().words(results.sut().name()),
                Numbers.grouped(group.cases().size()),
                group.waived(),
                group.types().size() > FEW_TYPES
                        ? group.types().size() + " element types"
                        : String.join(", ", group.types()),
                group.operators().size() > 3 ? String.join(", ", group.operators()) : "",
                listed,
                group.cases().size() - listed.size());
    }

    /** What the labels mean, for those that are there. */
    private List<Page.Fact> labels() {
        return java.util.Arrays.stream(Whose.values())
                .filter(whose -> results.groups().stream().anyMatch(g -> g.whose() == whose))
                .map(whose -> new Page.Fact(whose.words(results.sut().name()), meaning(whose)))
                .toList();
    }

    private static String meaning(Whose whose) {
        return switch (whose) {
            case PROVIDER -> "fails on the provider examined, passes on the CPU provider of the same library";
            case CORE -> "fails alike on the CPU provider of the same library, or that is the provider examined";
            case BOTH -> "fails on both, in different ways";
            case STANDARD -> "the text of ONNX is silent here; a rule of this standard is broken";
            case RUNTIME -> "the runtime has no CPU provider to compare with, or it could not decide";
        };
    }

    /** What was shown again, a line for each purpose. */
    List<String> looks() {
        return results.repeats().stream().map(Results.Repeat::sentence).toList();
    }

    List<Page.Look> flaky() {
        return results.flaky().stream()
                .limit(PRINTED)
                .map(f ->
                        new Page.Look(f.id(), Mark.of(f.first()), Mark.of(f.second()), Numbers.cut(f.what(), LONGEST)))
                .toList();
    }

    /** The many that come with their case stand in the sentence alone. */
    Page.Deaths deaths() {
        List<Page.Fact> told = results.deaths().stream()
                .filter(death -> !death.origin().equals(Optional.of(Origin.OWN)))
                .map(death -> new Page.Fact(death.id(), Numbers.cut(death.what(), LONGEST)))
                .toList();
        return new Page.Deaths(
                Results.Death.sentence(results.deaths()),
                told.stream().limit(PRINTED).toList(),
                Math.max(0, told.size() - PRINTED));
    }

    List<Page.Look> levels() {
        return results.levels().stream()
                .limit(PRINTED)
                .map(f -> new Page.Look(
                        f.id(), Mark.of(f.optimised()), Mark.of(f.unoptimised()), Numbers.cut(f.what(), LONGEST)))
                .toList();
    }
}
