package org.aiis.conformance.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.TestCase;

/**
 * What the catalogue held when it was released: by family of requirements the number of cases and a digest of everything
 * that a backend is shown. A run that finds fewer is an ERROR, not a smaller success.
 */
public record CatalogueLock(int cases, SortedMap<String, Family> families) {
    public CatalogueLock {
        families = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(families));
    }

    /** Cases of the requirements with one prefix. */
    public record Family(int cases, String digest) {}

    /** The lock of a catalogue as it is now. Makes every stimulus. */
    public static CatalogueLock of(Catalogue catalogue) {
        SortedMap<String, List<TestCase>> groups = new TreeMap<>();
        catalogue.cases().forEach(c -> groups.computeIfAbsent(family(c), f -> new ArrayList<>())
                .add(c));
        SortedMap<String, Family> families = new TreeMap<>();
        groups.forEach((name, cases) -> families.put(name, new Family(cases.size(), digest(cases))));
        return new CatalogueLock(catalogue.count(), families);
    }

    /** {@code OP-Softmax}, {@code EXCH}, {@code NUM}, …: an operator, or the first word of the id. */
    private static String family(TestCase c) {
        String[] words = c.requirements().get(0).split("-");
        return words[0].equals("OP") ? "OP-" + words[1] : words[0];
    }

    /** Digest of the cases of one operator; empty where there are none. */
    public String operator(String name) {
        Family family = families.get("OP-" + name);
        return family == null ? "" : family.digest();
    }

    private static String digest(List<TestCase> cases) {
        StringBuilder all = new StringBuilder();
        cases.forEach(c -> all.append(Catalogue.line(c)).append('\n'));
        return Bytes.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Families in which the catalogue has fewer cases than this lock says; counts only, no stimulus is made. */
    public List<String> shortfall(Catalogue catalogue) {
        SortedMap<String, Integer> found = new TreeMap<>();
        catalogue.cases().forEach(c -> found.merge(family(c), 1, Integer::sum));
        List<String> missing = new ArrayList<>();
        families.forEach((name, locked) -> {
            int now = found.getOrDefault(name, 0);
            if (now < locked.cases()) {
                missing.add(name + ": " + now + " cases, the lock file says " + locked.cases());
            }
        });
        return missing;
    }
}
