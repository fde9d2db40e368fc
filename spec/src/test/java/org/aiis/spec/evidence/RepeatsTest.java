package org.aiis.spec.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static Map<String, Finding> findings(int passing, int failing) {
        Map<String, Finding> findings = new TreeMap<>();
        for (int i = 0; i < passing; i++) {
            findings.put("OP-Add-VALUES/float32/p" + i, Finding.pass());
        }
        for (int i = 0; i < failing; i++) {
            findings.put("OP-Add-VALUES/float32/f" + i, Finding.fail("value", "wrong"));
        }
        return findings;
    }

    private static SortedSet<String> repeated(Repeats repeats, long seed, Map<String, Finding> findings) {
        return repeats.select(Purpose.REPEAT, seed, findings);
    }

    /** 20,000 draws of 2 %: 400, and 6 standard deviations are 119. */
    @Test
    void aShareOfTheCasesIsRepeated() {
        assertThat(repeated(Repeats.of(Grade.QUICK, false, false), 0, findings(20_000, 0)))
                .hasSizeBetween(281, 519);
    }

    @Test
    void anotherSeedRepeatsOthersAndTheSameOneTheSame() {
        Repeats repeats = Repeats.of(Grade.FULL, false, false);
        Map<String, Finding> findings = findings(2000, 0);
        assertThat(repeated(repeats, 1, findings))
                .isEqualTo(repeated(repeats, 1, findings))
                .isNotEqualTo(repeated(repeats, 2, findings));
    }

    /** So that the shards of a run, put together, repeat what one run would: each shows at least those. */
    @Test
    void whatIsRepeatedOfAPartHoldsWhatIsRepeatedOfTheWhole() {
        Repeats repeats = Repeats.of(Grade.QUICK, true, true);
        Map<String, Finding> whole = findings(500, 300);
        Map<String, Finding> part = new TreeMap<>(whole);
        part.keySet().removeIf(id -> id.hashCode() % 3 == 0);
        for (Purpose purpose : Purpose.values()) {
            SortedSet<String> expected = repeats.select(purpose, 0, whole);
            expected.retainAll(part.keySet());
            assertThat(repeats.select(purpose, 0, part)).containsAll(expected);
        }
    }

    /** What is shown again is compared with what was kept of the first time. */
    @Test
    void nothingIsShownAgainOfWhichNothingWasKept() {
        Map<String, Finding> findings = findings(2000, 50);
        for (Repeats repeats : List.of(Repeats.of(Grade.QUICK, true, false), Repeats.of(Grade.FULL, true, true))) {
            for (Purpose purpose : Purpose.values()) {
                assertThat(repeats.select(purpose, 3, findings))
                        .allMatch(id -> repeats.mayShow(id, 3, Objects.requireNonNull(findings.get(id))));
            }
        }
        Repeats quick = Repeats.of(Grade.QUICK, true, false);
        assertThat(findings.entrySet()).anyMatch(e -> !quick.mayShow(e.getKey(), 3, e.getValue()));
    }

    @Test
    void failingCasesAreRepeatedUpToTheirNumberAndDeathsLast() {
        Map<String, Finding> findings = findings(0, 5);
        findings.put("OP-Add-VALUES/float32/dead", Finding.fail("crashed", "SIGSEGV"));
        findings.put("OP-Add-VALUES/float32/late", Finding.fail("timed-out", "20 s"));
        assertThat(repeated(new Repeats(0, 5, 0, false, false), 0, findings))
                .hasSize(5)
                .allMatch(id -> id.contains("/f"));
        assertThat(repeated(new Repeats(0, 6, 0, false, false), 0, findings)).hasSize(6);
    }

    /** A process may die of what an earlier case did to its memory: alone such a case may pass. */
    @Test
    void deathsAreRepeatedBesideTheFailingCases() {
        Map<String, Finding> findings = findings(0, 50);
        findings.put("OP-Add-VALUES/float32/dead", Finding.fail("crashed", "SIGSEGV"));
        findings.put("OP-Add-VALUES/float32/also", Finding.fail("crashed", "SIGSEGV"));
        assertThat(repeated(new Repeats(0, 5, 0, false, false), 0, findings)).hasSize(5);
        assertThat(repeated(new Repeats(0, 5, 1, false, false), 0, findings)).hasSize(6);
        assertThat(repeated(new Repeats(0, 5, 9, false, false), 0, findings))
                .hasSize(7)
                .contains("OP-Add-VALUES/float32/dead", "OP-Add-VALUES/float32/also");
        assertThat(Repeats.of(Grade.QUICK, false, false).deaths()).isPresent();
    }

    @Test
    void bundlesOfBeforeSayNothingOfDeaths() {
        String before = "{\"perThousand\": 20, \"failing\": 12, \"core\": true, \"unoptimised\": false}";
        assertThat(Codec.json(before, Repeats.class, "evidence", 1).deaths()).isEmpty();
        Repeats now = Repeats.of(Grade.QUICK, true, false);
        assertThat(Codec.json(Codec.canonical(now), Repeats.class, "evidence", 1))
                .isEqualTo(now);
    }

    @Test
    void failingCasesGoToTheCoreAndAllGoThroughWithoutOptimisation() {
        Repeats repeats = new Repeats(0, 0, 0, true, true);
        Map<String, Finding> findings = findings(3, 2);
        assertThat(repeats.select(Purpose.CORE, 0, findings)).hasSize(2).allMatch(id -> id.contains("/f"));
        assertThat(repeats.select(Purpose.UNOPTIMISED, 0, findings)).hasSize(5);
        assertThat(Repeats.NONE.select(Purpose.UNOPTIMISED, 0, findings)).isEmpty();
    }

    @Test
    void loadsAreShownOnce() {
        Map<String, Finding> findings = Map.of("PERF-LATENCY/single-stream", Finding.fail("behaviour", "slow"));
        Repeats all = new Repeats(1000, 9, 0, true, true);
        for (Purpose purpose : Purpose.values()) {
            assertThat(all.select(purpose, 0, findings)).isEmpty();
        }
    }
}
