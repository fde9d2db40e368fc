package org.aiis.conformance.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;

/** Requirements that no single case can decide, judged over the findings and the identity of the system under test. */
public final class Aggregates {
    /** What is judged here. */
    public static final List<String> REQUIREMENTS = List.of(
            "EVID-COMPLETE",
            "EVID-ERROR-TEXT",
            "EVID-IDENTITY",
            "EVID-LIBRARIES",
            "EVID-PLACEMENT",
            "EVID-PLACEMENT-SHARE",
            "EVID-SETTINGS",
            "EVID-VERSION",
            "NUM-FLUSH-UNIFORM");

    /** The profile's limit on the share of nodes that run on the provider examined. */
    static final String PLACEMENT_SHARE = "placement-share";

    private static final String SUFFIX = "/aggregate";

    private Aggregates() {}

    /** The id under which an aggregate requirement's finding stands among those of cases. */
    public static String caseId(String requirement) {
        return requirement + SUFFIX;
    }

    /** The requirement that an aggregate's finding is of. */
    public static String requirement(String caseId) {
        return caseId.substring(0, caseId.length() - SUFFIX.length());
    }

    /**
     * Judges all of them.
     *
     * @param findings by case id; those of aggregates in it are not read
     * @param selected ids of the cases that the run had to hold
     * @return findings by {@link #caseId}
     */
    public static SortedMap<String, Finding> judge(
            Map<String, Finding> findings, Collection<String> selected, Sut sut, Terms terms) {
        SortedMap<String, Long> tallies = new TreeMap<>();
        SortedSet<String> silent = new TreeSet<>();
        findings.forEach((id, finding) -> {
            if (!id.endsWith(SUFFIX)) {
                finding.tallies().forEach((name, count) -> tallies.merge(name, count, Long::sum));
                if (finding.tallies().containsKey("rejections.silent")) {
                    silent.add(id);
                }
            }
        });
        SortedMap<String, Finding> all = new TreeMap<>();
        all.put("EVID-COMPLETE", complete(findings, selected));
        all.put("EVID-ERROR-TEXT", errorText(tallies, silent));
        all.put("EVID-IDENTITY", told(Map.of("name", sut.name(), "provider", sut.provider())));
        all.put("EVID-VERSION", told(Map.of("version", sut.version())));
        all.put("EVID-LIBRARIES", libraries(sut));
        all.put("EVID-SETTINGS", settings(sut));
        all.put("EVID-PLACEMENT", placement(tallies));
        all.put("EVID-PLACEMENT-SHARE", share(tallies, terms.limit(PLACEMENT_SHARE, 0)));
        all.put("NUM-FLUSH-UNIFORM", flushing(tallies, terms));
        SortedMap<String, Finding> named = new TreeMap<>();
        all.forEach((requirement, finding) -> named.put(
                caseId(requirement),
                finding.message().isEmpty() ? finding : finding.saying(requirement + ": " + finding.message())));
        return named;
    }

    private static Finding complete(Map<String, Finding> findings, Collection<String> selected) {
        List<String> missing = selected.stream()
                .filter(id -> !findings.containsKey(id))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Finding.pass()
                : Finding.fail(
                        "incomplete",
                        missing.size() + " of " + selected.size() + " selected cases have no finding, the first is "
                                + missing.get(0));
    }

    private static Finding errorText(Map<String, Long> tallies, SortedSet<String> silent) {
        if (count(tallies, "rejections") == 0) {
            return inconclusive("nothing was rejected");
        }
        return silent.isEmpty()
                ? Finding.pass()
                : Finding.fail(
                        "silent",
                        count(tallies, "rejections.silent") + " of " + count(tallies, "rejections")
                                + " rejections came without a message, the first in " + silent.first());
    }

    private static Finding told(Map<String, String> members) {
        String blank = members.entrySet().stream()
                .filter(e -> e.getValue().isBlank())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return blank.isEmpty() ? Finding.pass() : Finding.fail("untold", "not reported: " + blank);
    }

    private static Finding libraries(Sut sut) {
        List<String> wrong = sut.libraries().entrySet().stream()
                .filter(e -> !e.getValue().matches("[0-9a-f]{64}"))
                .map(Map.Entry::getKey)
                .toList();
        if (sut.libraries().isEmpty()) {
            return Finding.fail("untold", "no library is reported");
        }
        return wrong.isEmpty() ? Finding.pass() : Finding.fail("untold", "no SHA-256 digest of " + wrong);
    }

    private static Finding settings(Sut sut) {
        return sut.properties().isEmpty()
                ? Finding.fail("untold", "no setting is reported")
                : told(new TreeMap<>(sut.properties()));
    }

    private static Finding placement(Map<String, Long> tallies) {
        long told = count(tallies, "placement.told");
        long untold = count(tallies, "placement.untold");
        long unknown = count(tallies, "nodes.unknown");
        if (told + untold == 0) {
            return inconclusive("no case gave outputs");
        }
        return untold + unknown == 0
                ? Finding.pass()
                : Finding.fail(
                        "placement-untold",
                        untold + " of " + (told + untold) + " cases without placement, " + unknown
                                + " nodes of unknown placement");
    }

    /** @param least share of all nodes, those declared to run elsewhere included: else a vendor could declare all of them */
    private static Finding share(Map<String, Long> tallies, double least) {
        long here = count(tallies, "nodes.provider");
        long elsewhere = count(tallies, "nodes.elsewhere");
        long declared = count(tallies, "nodes.declared");
        if (here + elsewhere + declared == 0) {
            return inconclusive("it was told of no node where it ran");
        }
        String share = String.format(
                Locale.ROOT,
                "%d of %d nodes ran on the provider examined (%.2f %%), %d declared elsewhere, %d compiled away",
                here,
                here + elsewhere,
                here + elsewhere == 0 ? 0 : 100.0 * here / (here + elsewhere),
                declared,
                count(tallies, "nodes.compiled-away"));
        if (elsewhere == 0 && here < least * (here + declared)) {
            return Finding.fail(
                    "placement",
                    share + "; the profile asks for " + 100 * least + " % of all nodes on the provider examined");
        }
        return elsewhere == 0 ? Finding.of(Verdict.PASS, share) : Finding.fail("placement", share);
    }

    private static Finding flushing(Map<String, Long> tallies, Terms terms) {
        List<String> wrong = new ArrayList<>();
        long shown = 0;
        for (ElementType type : ElementType.values()) {
            long flushed = count(tallies, "flushed." + type.label());
            long kept = count(tallies, "kept." + type.label());
            boolean claimed = terms.flushed().contains(type);
            shown += flushed + kept;
            if (flushed > 0 && kept > 0) {
                wrong.add(type.label() + ": " + flushed + " subnormal results flushed, " + kept + " kept");
            } else if (claimed ? kept > 0 : flushed > 0) {
                wrong.add(type.label() + ": "
                        + (claimed ? "flushing is claimed, kept " + kept : "flushed " + flushed + ", not claimed"));
            }
        }
        if (shown == 0) {
            return inconclusive("no subnormal result was seen");
        }
        return wrong.isEmpty() ? Finding.pass() : Finding.fail("flushing", String.join("; ", wrong));
    }

    private static Finding inconclusive(String why) {
        return Finding.of(Verdict.INCONCLUSIVE, why).because("not-driven");
    }

    private static long count(Map<String, Long> tallies, String name) {
        return tallies.getOrDefault(name, 0L);
    }
}
