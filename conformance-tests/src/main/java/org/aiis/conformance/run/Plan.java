package org.aiis.conformance.run;

import java.util.List;
import org.aiis.conformance.scheme.Selection;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** What a run will do, settled before it starts. */
public record Plan(Profile profile, Ics ics, List<Waiver> waivers, Grade grade, List<String> select, long seed) {
    public Plan {
        waivers = List.copyOf(waivers);
        select = List.copyOf(select);
    }

    Terms terms() {
        return Selection.terms(profile, ics);
    }

    List<TestCase> cases(Suite suite) {
        return Selection.cases(suite.catalogue().cases().stream(), suite.standard(), profile, ics, grade, select);
    }
}
