package org.aiis.report.scoreboard;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Layout;
import org.aiis.report.rollup.WaivedCases;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;

/**
 * A system under test as its bundle shows it.
 *
 * @param bundle the folder, as it was given
 * @param profile what it was judged against, {@code core@1.0.0}
 * @param claimed operator × type pairs that are mandatory or claimed: a refusal of another is no failure
 * @param digests of what judged it, by name
 * @param complete whether the run came to its end
 * @param verdict of the bundle's own report, over all its cases
 * @param line the same in a line
 * @param classes verdicts of the conformance classes there
 */
public record Entrant(
        String bundle,
        Admission admission,
        Sut sut,
        String suite,
        String profile,
        Grade grade,
        String day,
        int claimed,
        SortedMap<String, String> digests,
        boolean narrowed,
        boolean complete,
        Verdict verdict,
        String line,
        SortedMap<String, Verdict> classes,
        SortedMap<String, Did> cases) {
    /** Longest id of a case: those of the catalogue stay below 120 characters. */
    private static final int LONGEST_ID = 400;

    private static final int LONGEST_MESSAGE = 500;

    public Entrant {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        cases = Collections.unmodifiableSortedMap(new TreeMap<>(cases));
    }

    /** Takes from a bundle what is compared and lets go of the rest. */
    public static Entrant of(String name, Admission admission, Bundle bundle, Rejudge rejudge) {
        Entry.Begin begin = bundle.evidence().begin();
        Results results = bundle.results();
        Set<String> waived = WaivedCases.of(bundle.inputs(), bundle.evidence(), rejudge);
        SortedMap<String, Long> files = bundle.folder().sizes();
        SortedMap<String, Did> cases = new TreeMap<>();
        bundle.evidence().cases().forEach((id, done) -> {
            if (id.length() > LONGEST_ID) {
                throw InputException.at(
                        name + "/" + Layout.EVIDENCE,
                        done.line(),
                        "the id of a case, at most " + LONGEST_ID + " characters",
                        id.length() + " characters");
            }
            cases.put(id, did(done, waived.contains(id), reproduced(files, id)));
        });
        return new Entrant(
                name,
                admission,
                bundle.evidence().described().sut(),
                begin.suite(),
                begin.profile(),
                begin.grade(),
                bundle.evidence().day().toString(),
                bundle.inputs().required().size(),
                bundle.manifest().digests(),
                begin.narrowed(),
                bundle.evidence().end().isPresent(),
                results.verdict(),
                results.line(),
                results.classes().stream()
                        .collect(Collectors.toMap(
                                Results.ClassResult::id, Results.ClassResult::verdict, Verdict::worse, TreeMap::new)),
                cases);
    }

    private static Did did(CaseRecord done, boolean waived, boolean reproduced) {
        Outcome outcome = Outcome.of(done.finding());
        return new Did(
                outcome,
                Placed.of(done.finding()),
                done.stimulus(),
                waived,
                outcome == Outcome.PASS ? "" : outcome == Outcome.UNSUPPORTED ? cut(done.seen()) : cut(message(done)),
                done.line(),
                reproduced);
    }

    private static String message(CaseRecord done) {
        String told = done.finding().message();
        return told.isEmpty()
                ? done.seen()
                : told.startsWith(done.id() + ": ") ? told.substring(done.id().length() + 2) : told;
    }

    private static String cut(String said) {
        return said.length() <= LONGEST_MESSAGE ? said : said.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static boolean reproduced(SortedMap<String, Long> files, String id) {
        String folder = Layout.reproduction(id);
        SortedMap<String, Long> from = files.tailMap(folder);
        return !from.isEmpty() && from.firstKey().startsWith(folder);
    }
}
