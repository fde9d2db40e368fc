package org.aiis.conformance.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.scheme.Selection;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Shard;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** What a run will do, settled before it starts. */
public record Plan(
        Profile profile,
        Ics ics,
        List<Waiver> waivers,
        Grade grade,
        List<String> select,
        long seed,
        Repeats repeats,
        Optional<Shard> shard) {
    public Plan {
        waivers = List.copyOf(waivers);
        select = List.copyOf(select);
    }

    /** Of a whole run that shows nothing again. */
    public Plan(Profile profile, Ics ics, List<Waiver> waivers, Grade grade, List<String> select, long seed) {
        this(profile, ics, waivers, grade, select, seed, Repeats.NONE, Optional.empty());
    }

    /**
     * With the repeats that its grade asks for, as far as the backend has systems to compare with.
     *
     * @param system the backend under test
     * @param levels whether all cases are shown with graph optimisation off too; by default in grades above quick
     * @throws org.aiis.spec.codec.InputException when that is asked for and the backend has no such setting
     */
    public Plan repeating(BackendUri system, Optional<Boolean> levels) {
        return new Plan(profile, ics, waivers, grade, select, seed, Repeating.asked(grade, system, levels), shard);
    }

    /** A part of it. */
    public Plan part(Optional<Shard> other) {
        return new Plan(profile, ics, waivers, grade, select, seed, repeats, other);
    }

    Terms terms() {
        return Selection.terms(profile, ics);
    }

    List<TestCase> cases(Suite suite) {
        List<TestCase> whole =
                Selection.cases(suite.catalogue().cases(select), suite.standard(), profile, ics, grade, select);
        if (shard.isEmpty()) {
            return whole;
        }
        Set<String> part =
                Set.copyOf(shard.get().of(whole.stream().map(TestCase::id).toList()));
        return whole.stream().filter(c -> part.contains(c.id())).toList();
    }
}
