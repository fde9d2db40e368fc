package org.aiis.spec.evidence;

import java.util.List;
import java.util.SortedMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.Level;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;

/**
 * results.json: verdicts added up from the evidence.
 *
 * @param status what this standard is: draft, adopted by no body
 * @param line the verdict with its own size: {@code PASS · 212 of 640 operator × type pairs claimed …}
 * @param counts cases by verdict
 * @param notCertifiable reasons why a run like this may not be declared or certified; empty when it may
 */
public record Results(
        String suite,
        String status,
        ProfileRef profile,
        Grade grade,
        Sut sut,
        Verdict verdict,
        String line,
        SortedMap<Verdict, Integer> counts,
        List<ClassResult> classes,
        List<RequirementResult> requirements,
        List<OutOfScope> outOfScope,
        List<WaiverUse> waivers,
        List<DeviationUse> deviations,
        List<String> notCertifiable) {
    public Results {
        classes = List.copyOf(classes);
        requirements = List.copyOf(requirements);
        outOfScope = List.copyOf(outOfScope);
        waivers = List.copyOf(waivers);
        deviations = List.copyOf(deviations);
        notCertifiable = List.copyOf(notCertifiable);
    }

    /** The profile judged against. */
    public record ProfileRef(String id, String version) {}

    /** A conformance class: the worst of its applicable requirements of level shall. */
    public record ClassResult(String id, String title, Verdict verdict, int requirements, int cases, int waived) {}

    /**
     * A requirement.
     *
     * @param cases cases that proved it
     * @param waived failing cases covered by a waiver
     * @param failing ids of cases that did not pass
     */
    public record RequirementResult(
            String id,
            Level level,
            String conformanceClass,
            Verdict verdict,
            int cases,
            int waived,
            List<String> failing) {
        public RequirementResult {
            failing = List.copyOf(failing);
        }
    }

    /** A requirement of a selected class that this run says nothing about, and why. */
    public record OutOfScope(String id, Level level, String reason) {}

    /** A waiver and what it did: used, expired, or its case passes. */
    public record WaiverUse(String id, String requirement, String effect, int cases) {}

    /** A known deviation of the ICS and whether it was seen: a statement, it changes no verdict. */
    public record DeviationUse(String cases, String reason, String effect, int deviating) {}
}
