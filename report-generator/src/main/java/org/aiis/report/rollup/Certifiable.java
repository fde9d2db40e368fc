package org.aiis.report.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;

/** Why a run may not be declared or certified. */
final class Certifiable {
    private Certifiable() {}

    static List<String> reasonsAgainst(
            Verdict verdict, Evidence evidence, Profile profile, Set<String> missing, boolean complete) {
        List<String> reasons = new ArrayList<>();
        if (verdict != Verdict.PASS) {
            reasons.add("the verdict is " + verdict);
        }
        if (evidence.begin().grade() == Grade.QUICK) {
            reasons.add("the run is of grade quick");
        }
        String backend = evidence.described().sut().backend();
        if (backend.equals("reference") || backend.matches("(faulty|rogue)(:.*)?")) {
            reasons.add("the system under test is the suite's own backend " + backend);
        }
        if (!evidence.begin().select().isEmpty()) {
            reasons.add("the run was narrowed with --select "
                    + String.join(" ", evidence.begin().select()));
        }
        evidence.begin()
                .shard()
                .ifPresent(shard -> reasons.add("the run is the part " + shard + " of a session: merge all parts"));
        if (evidence.begin().digests().containsKey("vectors")) {
            reasons.add("its cases are vectors of a folder, not the catalogue");
        }
        if (!complete) {
            reasons.add("the run is incomplete: "
                    + (missing.isEmpty() ? "it has no end" : missing.size() + " selected cases are missing"));
        }
        if (profile.status() == Profile.Status.WITHDRAWN) {
            reasons.add("the profile " + profile.label() + " is withdrawn");
        }
        return reasons;
    }
}
