package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.standard.Accuracy;
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
        List<String> limits = new ArrayList<>(Trust.lines(subject));
        limits.add("The results relate only to the item tested: this product, version, provider, device, driver and"
                + " these settings. Another combination is another system under test.");
        limits.add("A finite set of cases shows deviations where it finds them. It does not prove that there are none"
                + " for other inputs, shapes, models or operator and type pairs than those exercised.");
        limits.add("Digests show that no byte was changed since the bundle was sealed. They do not show who made it, or"
                + " on which machine: for that, ask for a signed statement and check it against a trust list.");
        limits.add("The observations are as the run recorded them. Whether they came from the named system under test"
                + " can only be shown by a witnessed or reproduced run, or by a challenge with cases nobody has seen.");
        if (subject.evidence()
                .described()
                .environment()
                .getOrDefault("laboratory", "")
                .isBlank()) {
            limits.add("No laboratory is stated: take it as a run by an interested party, on a machine of its choice."
                    + " System under test, suite and clock shared that machine, and whoever held it held them all.");
        }
        limits.add("Accuracy was judged at the level "
                + subject.inputs().ics().accuracy().word()
                + (subject.inputs().ics().accuracy() == Accuracy.RELAXED
                        ? ", whose bounds are wide enough for several kinds of arithmetic: passing shows no particular"
                                + " precision, and no fitness for a use that needs more."
                        : ": it bounds the error of single operators, not of a whole model."));
        if (!subject.inputs().ics().precisionModes().isEmpty()) {
            limits.add("Dot products were judged under the precision modes claimed, "
                    + String.join(", ", subject.inputs().ics().precisionModes())
                    + ": passing shows no more precision than they have.");
        }
        limits.add("The numbers of the tolerances are under trial in this edition. Another edition may decide a case"
                + " near its bound otherwise.");
        if (results.waivers().stream().anyMatch(w -> w.effect().equals("used"))) {
            limits.add(
                    "A waiver makes no failing case right: whoever relies on that behaviour has to weigh its reason.");
        }
        long untested = results.outOfScope().stream()
                .filter(o -> o.reason().startsWith("untested"))
                .count();
        if (!results.outOfScope().isEmpty()) {
            limits.add("Nothing is said about the " + results.outOfScope().size()
                    + " requirements listed as out of scope"
                    + (untested == 0 ? "." : "; for " + untested + " of them this suite has no test."));
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
                        "intact and trusted, with the files, names and roles of the signers"),
                new Page.Command(
                        "Make this page again from the evidence",
                        "aiis report BUNDLE",
                        "the same bytes in views/report.html"),
                new Page.Command(
                        "Without this suite: the digest of the last line of evidence, which seals all lines before it",
                        "tail -n 1 BUNDLE/evidence.jsonl | tr -d '\\n' | sha256sum",
                        subject.evidence().head()),
                new Page.Command(
                        "Run it yourself, with the same profile, claims and cases, on a machine you trust",
                        "aiis run --profile BUNDLE/profile.yaml --ics BUNDLE/ics.yaml --backend "
                                + RequirementRows.shellWord(
                                        subject.results().sut().backend()) + " --grade "
                                + subject.results().grade().word() + " --seed "
                                + subject.evidence().begin().seed() + " --out NEW",
                        subject.results().line()));
    }
}
