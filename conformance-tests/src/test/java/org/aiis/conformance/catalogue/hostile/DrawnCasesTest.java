package org.aiis.conformance.catalogue.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

class DrawnCasesTest {
    private static final Catalogue CATALOGUE =
            Catalogue.of(StandardReader.bundled(), Home.find().root());

    private static List<TestCase> drawn(long seed) {
        return CATALOGUE
                .cases(List.of(DrawnCases.of(seed)))
                .filter(c -> c.id().startsWith(DrawnCases.of(seed) + "/"))
                .toList();
    }

    @Test
    void aFewHundredAreQuickAndThousandsAreFull() {
        assertThat(drawn(0)).filteredOn(c -> c.grade() == Grade.QUICK).hasSizeBetween(200, 900);
        assertThat(drawn(0)).filteredOn(c -> Grade.FULL.holds(c.grade())).hasSizeGreaterThan(3000);
    }

    /** Loop is left out: a damaged trip count is a valid request to run for ever. */
    @Test
    void everyOperatorOfTheTableButLoopIsDamaged() {
        Set<String> operators = drawn(0).stream().map(c -> c.id().split("/")[2]).collect(Collectors.toSet());

        assertThat(operators)
                .containsAll(StandardReader.bundled().operators().keySet().stream()
                        .filter(o -> !o.equals("Loop"))
                        .filter(o -> !onlyOfTypesThatFewCanFeed(o))
                        .toList())
                .doesNotContain("Loop");
    }

    private static boolean onlyOfTypesThatFewCanFeed(String operator) {
        return StandardReader.bundled().operator(operator).types().stream().noneMatch(Odd::isFed);
    }

    @Test
    void quickAloneShowsEachKindOfDamage() {
        assertThat(drawn(0).stream()
                        .filter(c -> c.grade() == Grade.QUICK)
                        .map(c -> c.id().replaceFirst(".*/\\d+-", ""))
                        .collect(Collectors.toSet()))
                .containsAll(Damage.all().stream().map(Damage.Named::word).toList());
    }

    @Test
    void aCaseOfAnotherSeedIsFoundByItsIdAndIsTheSameEachTime() {
        TestCase one = drawn(7).get(100);

        assertThat(CATALOGUE.cases()).noneMatch(c -> c.id().equals(one.id()));
        assertThat(CATALOGUE.get(one.id()).stimulus().get().digest())
                .isEqualTo(one.stimulus().get().digest());
    }

    @Test
    void anotherSeedGivesOtherModels() {
        List<String> one = digests(0);
        List<String> other = digests(7);

        assertThat(other).hasSameSizeAs(one).doesNotContainAnyElementsOf(one);
    }

    private static List<String> digests(long seed) {
        return drawn(seed).stream()
                .filter(c -> c.grade() == Grade.QUICK && c.id().contains("/Softmax/"))
                .map(c -> c.stimulus().get().digest())
                .toList();
    }

    /** A damage that leaves what it was given shows nothing. */
    @Test
    void eachKindOfDamageChangesMostModels() {
        List<Stimulus.ModelRun> hosts =
                List.of("OP-Conv-TYPES/float32", "OP-Gather-TYPES/float32", "OP-Pad-TYPES/int64").stream()
                        .map(prefix -> CATALOGUE.cases().stream()
                                .filter(c -> c.id().startsWith(prefix))
                                .findFirst()
                                .orElseThrow())
                        .map(c -> (Stimulus.ModelRun) c.stimulus().get())
                        .toList();

        assertThat(Damage.all()).isNotEmpty().allSatisfy(named -> {
            long changed = hosts.stream()
                    .flatMap(host -> IntStream.range(0, 10)
                            .filter(i -> !named.damage()
                                    .of(host, Seeded.by(named.word() + i))
                                    .digest()
                                    .equals(host.digest()))
                            .boxed())
                    .count();
            assertThat(changed).as(named.word()).isGreaterThanOrEqualTo(15);
        });
    }
}
