package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** Requirements with their cases, and the cases that failed with what explains them. */
final class RequirementRows {
    /** Cases listed a requirement; the rest is a number, and stands in evidence.jsonl. */
    private static final int LISTED = 12;

    /** Failing cases explained a requirement. */
    private static final int EXPLAINED = 20;

    private static final int LONGEST_MESSAGE = 1_500;

    private final Subject subject;
    private final Proofs proofs;
    private final WaiverRows waivers;
    private final Map<String, Requirement> requirements;
    private final Map<String, Results.RequirementResult> results;

    RequirementRows(Subject subject, Proofs proofs, WaiverRows waivers) {
        this.waivers = waivers;
        this.subject = subject;
        this.proofs = proofs;
        this.requirements = subject.standard().requirements().stream()
                .collect(Collectors.toMap(Requirement::id, Function.identity()));
        this.results = subject.results().requirements().stream()
                .collect(Collectors.toMap(Results.RequirementResult::id, Function.identity()));
    }

    List<Page.Chapter> chapters() {
        return subject.results().classes().stream()
                .map(c -> subject.standard().conformanceClass(c.id()))
                .map(this::chapter)
                .filter(c -> !c.rows().isEmpty())
                .toList();
    }

    private Page.Chapter chapter(ConformanceClass c) {
        List<Page.Row> rows = c.requirements().stream()
                .map(Requirement::id)
                .filter(results::containsKey)
                .map(this::row)
                .toList();
        return new Page.Chapter(c.id(), c.title(), rows);
    }

    /** Requirements with a failing case, worst first. */
    List<Page.Failures> failures() {
        List<Page.Failures> all = new ArrayList<>();
        for (Verdict verdict :
                List.of(Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)) {
            subject.results().requirements().stream()
                    .filter(r -> r.verdict() == verdict && !failing(r).isEmpty())
                    .map(this::failures)
                    .forEach(all::add);
        }
        return all;
    }

    private Page.Failures failures(Results.RequirementResult result) {
        SortedMap<String, Finding> findings = proofs.executed(result.id());
        List<String> failing = failing(result);
        List<Page.Failure> shown = failing.stream()
                .sorted((a, b) -> finding(findings, b)
                        .verdict()
                        .compareTo(finding(findings, a).verdict()))
                .limit(EXPLAINED)
                .map(id -> failure(id, finding(findings, id)))
                .toList();
        return new Page.Failures(row(result.id()), shown, failing.size() - shown.size());
    }

    /** Cases that failed or in which the suite did; what is undecided or waived stands apart. */
    private List<String> failing(Results.RequirementResult result) {
        SortedMap<String, Finding> findings = proofs.executed(result.id());
        return result.failing().stream()
                .filter(id -> finding(findings, id).verdict() != Verdict.INCONCLUSIVE)
                .filter(id -> result.waived() == 0 || !waivers.waived(result.id(), id))
                .toList();
    }

    private static Finding finding(SortedMap<String, Finding> findings, String id) {
        Finding finding = findings.get(id);
        if (finding == null) {
            throw new IllegalStateException("results name a case without a finding: " + id);
        }
        return finding;
    }

    private Page.Failure failure(String id, Finding finding) {
        CaseRecord done = subject.evidence().cases().get(id);
        return new Page.Failure(
                id,
                Mark.of(finding.verdict()),
                finding.message().isEmpty()
                        ? "no message"
                        : Numbers.cut(Numbers.without(id, finding.message()), LONGEST_MESSAGE),
                done == null ? "judged over the findings of all cases" : done.seen(),
                finding.worst().map(w -> Numbers.short4(w) + " × the limit"),
                finding.reason(),
                finding.basis() == Finding.Basis.ONNX ? "ONNX's own text" : "a decision of this standard",
                done == null ? 0 : done.line(),
                "aiis explain --bundle BUNDLE " + shellWord(id));
    }

    /** Quoted when a shell would read more into it. */
    static String shellWord(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private Page.Row row(String id) {
        Requirement requirement = java.util.Objects.requireNonNull(requirements.get(id));
        Results.RequirementResult result = java.util.Objects.requireNonNull(results.get(id));
        SortedMap<String, Finding> findings = proofs.executed(id);
        List<String> ids = new ArrayList<>(result.failing());
        findings.keySet().stream().filter(c -> !result.failing().contains(c)).forEach(ids::add);
        List<Page.CaseItem> listed = ids.stream()
                .limit(LISTED)
                .map(c -> new Page.CaseItem(c, Mark.of(finding(findings, c).verdict()), line(c)))
                .toList();
        return new Page.Row(
                id,
                result.level().word(),
                requirement.text(),
                requirement.clause(),
                requirement.source(),
                Mark.of(result.verdict()),
                result.cases() - result.failing().size(),
                result.cases(),
                result.waived(),
                listed,
                ids.size() - listed.size());
    }

    private String line(String id) {
        CaseRecord done = subject.evidence().cases().get(id);
        return done == null ? "aggregate" : String.format(Locale.ROOT, "line %,d", done.line());
    }
}
