package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Grade;

/** What a reader must not take this evidence for. */
final class Caveats {
    private Caveats() {}

    /** Whether the page is a declaration or certificate, and what stands against one. */
    static List<String> standing(Subject subject) {
        List<String> lines = new ArrayList<>();
        lines.add("This page alone is neither a supplier’s declaration nor a certificate. It becomes part of one by a"
                + " signed statement over this bundle, in its folder statements/.");
        if (subject.results().notCertifiable().isEmpty()) {
            lines.add("Nothing in this run stands against declaring or certifying it.");
        }
        return lines;
    }

    static List<String> limits(Subject subject) {
        Results results = subject.results();
        List<String> limits = new ArrayList<>();
        limits.add("The results relate only to the item tested: this product, version, provider, device, driver and"
                + " these settings. Another combination is another system under test.");
        limits.add("A finite set of cases shows deviations where it finds them. It does not prove that there are none"
                + " for other inputs, shapes, models or operator and type pairs than those exercised.");
        limits.add("Digests show that no byte was changed since the bundle was sealed. They do not show who made it, or"
                + " on which machine: for that, ask for a signed statement and check it against a trust list.");
        limits.add("The observations are as the run recorded them. Whether they came from the named system under test"
                + " can only be shown by a witnessed or reproduced run, or by a challenge with cases nobody has seen.");
        if (!results.outOfScope().isEmpty()) {
            limits.add("Nothing is said about the " + results.outOfScope().size()
                    + " requirements listed as out of scope.");
        }
        if (results.grade() == Grade.QUICK) {
            limits.add("A run of grade quick touches each requirement and each operator and type once; it is an"
                    + " indication, not a conformity assessment.");
        }
        if (subject.evidence().cases().values().stream()
                .map(CaseRecord::measure)
                .anyMatch(m -> m.isPresent())) {
            limits.add("Load times are taken beside the session, in the worker. They describe this machine under its"
                    + " load of that hour, and rank no products.");
        }
        if (subject.evidence().end().isEmpty()) {
            limits.add("The run was interrupted: cases that it never reached are unknown.");
        }
        limits.add("The standard is a " + results.status() + ": conformity to it implies no endorsement by any"
                + " standards organisation.");
        return limits;
    }

    static List<Page.Command> commands(Subject subject) {
        return List.of(
                new Page.Command(
                        "Check every byte, judge every observation again, and make this page again",
                        "aiis verify BUNDLE",
                        "intact, origin unknown"),
                new Page.Command(
                        "The same, and check who signed",
                        "aiis verify BUNDLE --trust TRUST-LIST",
                        "trusted, with the signers’ names and roles"),
                new Page.Command(
                        "Without this suite: the digest of the last line of evidence, which seals all lines before it",
                        "tail -n 1 BUNDLE/evidence.jsonl | tr -d '\\n' | sha256sum",
                        subject.evidence().head()));
    }
}
