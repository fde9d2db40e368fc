package org.aiis.conformance.run;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;

/** That bundles are the parts of one session: made by one suite, of one system under test, for one set of claims. */
final class OneSession {
    private OneSession() {}

    /** @param parts in the order of their numbers */
    static void require(List<Part> parts) {
        Part first = parts.get(0);
        List<Integer> numbers = parts.stream().map(p -> p.shard().index()).toList();
        int of = first.shard().of();
        if (parts.stream().anyMatch(p -> p.shard().of() != of)
                || !numbers.equals(IntStream.rangeClosed(1, of).boxed().toList())) {
            throw InputException.of(
                    "these are the parts " + parts.stream().map(Part::shard).toList(),
                    "each part of one number of them is expected once: 1/" + of + " to " + of + "/" + of);
        }
        for (Part part : parts) {
            same(first, part, "suite", first.begin().suite(), part.begin().suite());
            same(first, part, "digests of what judged", judged(first), judged(part));
            same(first, part, "profile", first.begin().profile(), part.begin().profile());
            same(first, part, "grade", first.begin().grade(), part.begin().grade());
            same(first, part, "--select", first.begin().select(), part.begin().select());
            same(first, part, "seed", first.begin().seed(), part.begin().seed());
            same(first, part, "repeats", first.begin().repeats(), part.begin().repeats());
            same(first, part, "system under test", told(first), told(part));
            same(first, part, "ICS", claims(first), claims(part));
        }
    }

    private static void same(Part first, Part part, String what, Object there, Object here) {
        if (!there.equals(here)) {
            throw InputException.of(
                    part.path() + ": another " + what + " than " + first.path() + ": " + here + " instead of " + there,
                    "only parts of one session are merged");
        }
    }

    /** Standard, catalogue, judge and oracle, profile, waivers and figures; the ICS is compared by what it says. */
    private static SortedMap<String, String> judged(Part part) {
        SortedMap<String, String> digests = new TreeMap<>(part.begin().digests());
        digests.remove("ics");
        return digests;
    }

    private static String told(Part part) {
        Sut sut = part.evidence().described().sut();
        return Codec.canonical(sut);
    }

    /** How many workers ran at once belongs to the machine. */
    private static String claims(Part part) {
        Ics ics = part.bundle().inputs().ics();
        Ics.Ixit ixit = ics.ixit();
        return Codec.canonical(new Ics(
                ics.supplier(),
                ics.product(),
                ics.accuracy(),
                ics.claims(),
                ics.precisionModes(),
                ics.flushesSubnormals(),
                ics.determinism(),
                ics.sessions(),
                ics.fallback(),
                ics.notImplemented(),
                ics.knownDeviations(),
                new Ics.Ixit(ixit.backend(), ixit.provider(), 1, ixit.timeoutSeconds(), ixit.options())));
    }
}
