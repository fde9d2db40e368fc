package org.aiis.report.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Layout;
import org.aiis.report.groups.Deaths;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Verdict;

/**
 * Reproductions of failing cases, a folder each. They follow from evidence and catalogue, so they are views: listed in the
 * manifest and made again by the verifier. Only the first of each requirement, and no more than a bundle can hold; those of
 * deaths that an earlier case caused come first, with that case.
 */
final class Reproductions {
    private static final int MOST = 60;
    private static final int MOST_OF_A_REQUIREMENT = 2;
    private static final long LARGEST = 1 << 20;
    private static final long ALL = 8 << 20;

    private Reproductions() {}

    static void render(Subject subject, Rejudge rejudge, Views.Sink sink) {
        Map<String, Integer> ofRequirement = new HashMap<>();
        int written = 0;
        long room = ALL;
        for (CaseRecord done : ordered(subject.evidence())) {
            if (done.finding().verdict() != Verdict.FAIL || written == MOST) {
                continue;
            }
            String requirement = done.id().substring(0, Math.max(0, done.id().indexOf('/')));
            if (ofRequirement.merge(requirement, 1, Integer::sum) > MOST_OF_A_REQUIREMENT) {
                continue;
            }
            Map<String, Bytes> files = rejudge.reproduction(
                    done.id(),
                    done.finding(),
                    Deaths.after(done.id(), subject.evidence()),
                    subject.inputs().profile(),
                    subject.inputs().ics());
            long size = files.values().stream().mapToLong(Bytes::size).sum();
            if (files.isEmpty() || size > LARGEST || size > room) {
                continue;
            }
            room -= size;
            written++;
            files.forEach((path, content) -> sink.file(Layout.reproduction(done.id()) + path, content.toArray()));
        }
    }

    private static List<CaseRecord> ordered(Evidence evidence) {
        List<CaseRecord> all = new ArrayList<>(evidence.cases().values());
        all.sort(Comparator.comparing(
                done -> Deaths.after(done.id(), evidence).isEmpty())); // A stable sort: else by id.
        return all;
    }
}
