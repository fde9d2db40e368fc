package org.aiis.report.rollup;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** The failing cases of a bundle that a waiver of the bundle, in force on the day of the run, covers. */
public final class WaivedCases {
    private WaivedCases() {}

    public static Set<String> of(Inputs inputs, Evidence evidence, Rejudge rejudge) {
        WaiverBook book = new WaiverBook(inputs.waivers(), evidence.described(), evidence.day(), inputs.required());
        Set<String> waived = new TreeSet<>();
        evidence.findings().forEach((id, finding) -> {
            if (finding.verdict() == Verdict.FAIL && covered(book, id, finding, rejudge)) {
                waived.add(id);
            }
        });
        return waived;
    }

    private static boolean covered(WaiverBook book, String id, Finding finding, Rejudge rejudge) {
        return proves(id, rejudge).stream()
                .anyMatch(requirement -> !book.waived(requirement, new TreeMap<>(java.util.Map.of(id, finding)))
                        .isEmpty());
    }

    /** A case of another release's catalogue still begins with the id of its first requirement. */
    private static List<String> proves(String id, Rejudge rejudge) {
        List<String> requirements = rejudge.requirements(id);
        return requirements.isEmpty() ? List.of(id.replaceFirst("/.*", "")) : requirements;
    }
}
