package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.Level;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;

/**
 * results.json: verdicts added up from the evidence.
 *
 * @param status what this standard is: draft, adopted by no body
 * @param line the verdict with its own size: {@code PASS · 212 of 640 operator × type pairs claimed …}
 * @param counts cases by verdict
 * @param groups failing cases that look like one fault, the largest first, those that are waived whole last
 * @param repeats what was shown again after the main pass
 * @param flaky cases that did something else when they were shown again
 * @param deaths where the deaths of processes come from; empty in bundles of before
 * @param levels cases that do something else with graph optimisation off
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
        List<Group> groups,
        List<Repeat> repeats,
        List<Flaky> flaky,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Death> deaths,
        List<LevelDifference> levels,
        List<String> notCertifiable) {
    public Results {
        classes = List.copyOf(classes);
        requirements = List.copyOf(requirements);
        outOfScope = List.copyOf(outOfScope);
        waivers = List.copyOf(waivers);
        deviations = List.copyOf(deviations);
        groups = List.copyOf(groups);
        repeats = List.copyOf(repeats);
        flaky = List.copyOf(flaky);
        deaths = List.copyOf(deaths);
        levels = List.copyOf(levels);
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

    /**
     * Failing cases that look like one fault.
     *
     * @param what they have in common, in words
     * @param kind reason of their findings: value, rejected, crashed
     * @param whose fault it is
     * @param waived how many of them are waived
     * @param smallest the case to look at first: the one whose stimulus is the smallest
     * @param operators in the cases, or the requirements of cases that are no operator's
     * @param types element types in the cases
     * @param patterns how their outputs are wrong
     * @param cases their ids, the smallest first
     */
    public record Group(
            String what,
            String kind,
            Whose whose,
            int waived,
            String smallest,
            List<String> operators,
            List<String> types,
            List<ErrorPattern> patterns,
            List<String> cases) {
        public Group {
            operators = List.copyOf(operators);
            types = List.copyOf(types);
            patterns = List.copyOf(patterns);
            cases = List.copyOf(cases);
        }
    }

    /**
     * Cases shown again for a purpose.
     *
     * @param cases how many
     * @param differing how many of them did something else than the first time
     * @param system name, version and provider of what they were shown to; empty where it did not start
     * @param remark what else there is to say
     */
    public record Repeat(Purpose purpose, int cases, int differing, Optional<String> system, String remark) {
        /** For people. */
        public String sentence() {
            if (system.isEmpty() || !remark.isEmpty()) {
                return switch (purpose) {
                    case REPEAT -> "Cases could not be repeated: " + remark;
                    case CORE -> "No comparison with a CPU provider: " + remark;
                    case UNOPTIMISED -> "No comparison with graph optimisation off: " + remark;
                };
            }
            String shown = cases + (cases == 1 ? " case was" : " cases were") + " shown ";
            return shown
                    + switch (purpose) {
                        case REPEAT -> "to the same system again; " + differing + " did something else.";
                        case CORE -> "to " + system.get() + " as well; " + differing + " did something else there.";
                        case UNOPTIMISED ->
                            "to " + system.get() + " as well; " + differing
                                    + " got another verdict, or failed in another way.";
                    };
        }
    }

    /** A case that did something else when it was shown to the same system again; its verdict is the first one. */
    public record Flaky(String id, Verdict first, Verdict second, String what) {}

    /**
     * A case at which a process died, and where that comes from.
     *
     * @param origin empty where the case was not shown again
     * @param after the fewest cases found behind which it happens again
     * @param what the same in words
     */
    public record Death(String id, Optional<Origin> origin, List<String> after, String what) {
        public Death {
            after = List.copyOf(after);
        }

        /** All of them for people; empty when there is none. */
        public static String sentence(List<Death> deaths) {
            if (deaths.isEmpty()) {
                return "";
            }
            List<String> parts = new ArrayList<>();
            for (Origin origin : Origin.values()) {
                long count = deaths.stream()
                        .filter(d -> d.origin().equals(Optional.of(origin)))
                        .count();
                if (count > 0) {
                    parts.add(count + " " + words(origin));
                }
            }
            long open = deaths.stream().filter(d -> d.origin().isEmpty()).count();
            if (open > 0) {
                parts.add(open + " not shown again");
            }
            return "A process died at " + deaths.size() + (deaths.size() == 1 ? " case: " : " cases: ")
                    + String.join("; ", parts) + ".";
        }

        private static String words(Origin origin) {
            return switch (origin) {
                case OWN -> "alone in a fresh process too";
                case SOMETIMES -> "alone one time and another time not";
                case EARLIER -> "after an earlier case of the same process, and not alone";
                case NOT_AGAIN -> "seen once and not again, neither alone nor after what its process had been shown";
                case UNSEARCHED -> "not alone; the search for the earlier case ended without a result";
            };
        }
    }

    /** A case that does something else with graph optimisation off. */
    public record LevelDifference(String id, Verdict optimised, Verdict unoptimised, String what) {}
}
