package org.aiis.spec.conformity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.testing.OperatorType;

/**
 * A waiver, granted by the owner of the scheme: the finding stays FAIL, the requirement may roll up as PASS with
 * {@code waived: n}.
 *
 * @param requirement the requirement whose failing cases it covers
 * @param cases case ids, {@code *} matches any run of characters
 * @param unclaimedOnly true when it holds only for pairs of operator and type that are neither mandatory nor claimed
 * @param unsteady true when the failure comes and goes, such as from memory that was never written: its case may pass, and the
 *     waiver is not in doubt then
 * @param product name of the product, as its Sut says it
 * @param fromVersion first version covered, dotted numbers
 * @param toVersion last version covered
 * @param processor kinds of processor on which it holds, for a deviation that only some show; all when absent
 * @param reason why an outsider should accept it
 * @param reproduction file that shows the failure without the suite, relative to the waiver's folder
 * @param grantedBy who granted it
 * @param expires last day it holds
 */
public record Waiver(
        String id,
        String requirement,
        List<String> cases,
        Optional<Boolean> unclaimedOnly,
        Optional<Boolean> unsteady,
        String product,
        String fromVersion,
        String toVersion,
        Optional<Processor> processor,
        String reason,
        String reproduction,
        String grantedBy,
        String granted,
        String expires) {
    public Waiver {
        cases = List.copyOf(cases);
        for (String date : List.of(granted, expires)) {
            try {
                LocalDate.parse(date);
            } catch (java.time.format.DateTimeParseException e) {
                throw InputException.of(
                        "waiver " + id + ": date '" + date + "'", "a date such as 2027-11-30 is expected");
            }
        }
    }

    /**
     * Kinds of processor, by the flags that the environment of a run lists under {@link #FLAGS}: a library that picks its
     * kernels by them can be right on one machine and wrong on another.
     *
     * @param with flags that it has, all of them
     * @param without flags that it lacks, all of them
     */
    public record Processor(List<String> with, List<String> without) {
        /** Name of the flags in the environment of a run; they are spelled as Linux does. */
        public static final String FLAGS = "cpu-flags";

        public Processor {
            with = List.copyOf(with);
            without = List.copyOf(without);
        }

        boolean is(Map<String, String> environment) {
            Set<String> flags = Set.of(environment.getOrDefault(FLAGS, "").split(" "));
            return flags.containsAll(with) && without.stream().noneMatch(flags::contains);
        }
    }

    /** Whether a covered case that passes is expected now and then. */
    public boolean mayPass() {
        return unsteady.orElse(false);
    }

    public boolean expired(LocalDate day) {
        return day.isAfter(LocalDate.parse(expires));
    }

    /** Whether it is meant for this system under test on this machine. */
    public boolean appliesTo(Sut sut, Map<String, String> environment) {
        return product.equals(sut.name())
                && processor.map(p -> p.is(environment)).orElse(true)
                && compare(fromVersion, sut.version()) <= 0
                && compare(sut.version(), toVersion) <= 0;
    }

    /** Whether it covers a case, where these pairs are mandatory or claimed. */
    public boolean covers(String caseId, Set<OperatorType> required) {
        return cases.stream().anyMatch(glob -> Glob.matches(glob, caseId))
                && !(unclaimedOnly.orElse(false)
                        && OperatorType.ofCase(caseId).map(required::contains).orElse(false));
    }

    private static int compare(String a, String b) {
        String[] left = a.split("[.+-]");
        String[] right = b.split("[.+-]");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int c = Long.compare(number(left, i), number(right, i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    private static long number(String[] parts, int i) {
        return i < parts.length && parts[i].matches("\\d{1,18}") ? Long.parseLong(parts[i]) : 0;
    }
}
