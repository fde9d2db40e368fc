package org.aiis.conformance.catalogue.hostile;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/**
 * Hostile models drawn from a seed: {@code ROB-HOSTILE/drawn-SEED/GROUP/NN-DAMAGE}. A case follows from its id alone, so that
 * evidence about a draw that an auditor made can be judged again by anyone.
 */
public final class DrawnCases {
    /** The seed whose draw is part of the catalogue. */
    public static final long OWN = 0;

    /** What ids of drawn cases begin with. */
    private static final String PREFIX = "ROB-HOSTILE/drawn-";

    private static final Pattern SEED = Pattern.compile(Pattern.quote(PREFIX) + "([0-9]{1,18})(/.*)?");

    private static final Pattern ONE = Pattern.compile(Pattern.quote(PREFIX) + "([0-9]{1,18})/([^/]+)/([0-9]{2})-.*");

    /** Cases of a group of hosts, an operator most often, by grade; each grade holds those of the smaller ones. */
    private static final int QUICK = 2;

    private static final int FULL = 16;
    private static final int EXHAUSTIVE = 64;

    private final List<Damage.Named> damages = Damage.all();
    private final Hosts hosts;

    /** @param cases those whose models are damaged, as far as they are quick and one run of a model */
    public DrawnCases(Collection<TestCase> cases) {
        this.hosts = new Hosts(cases);
    }

    /** The seed that an id, or a glob that stands for ids of one seed, names. */
    public static OptionalLong seed(String id) {
        Matcher m = SEED.matcher(id);
        return m.matches() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
    }

    /** What selects the draw of a seed. */
    public static String of(long seed) {
        return PREFIX + seed;
    }

    public Stream<TestCase> drawn(long seed) {
        return hosts.groups().stream()
                .flatMap(group -> IntStream.range(0, EXHAUSTIVE).mapToObj(i -> testCase(seed, group, i)));
    }

    public Optional<TestCase> find(String id) {
        Matcher m = ONE.matcher(id);
        if (!m.matches() || !hosts.groups().contains(m.group(2))) {
            return Optional.empty();
        }
        TestCase found = testCase(Long.parseLong(m.group(1)), m.group(2), Integer.parseInt(m.group(3)));
        return found.id().equals(id) ? Optional.of(found) : Optional.empty();
    }

    /** The damages go round from group to group, so that two a piece show each of them many times. */
    private TestCase testCase(long seed, String group, int i) {
        int turn = (int) Seeded.by(of(seed) + "/" + group).integer(0, damages.size() - 1);
        Damage.Named damage = damages.get((turn + i) % damages.size());
        String id = String.format(Locale.ROOT, "%s/%s/%02d-%s", of(seed), group, i, damage.word());
        return new TestCase(
                id,
                List.of("ROB-HOSTILE"),
                i < QUICK ? Grade.QUICK : i < FULL ? Grade.FULL : Grade.EXHAUSTIVE,
                Optional.empty(),
                () -> stimulus(id, group, damage.damage()),
                new Expectation.Survival(),
                "catalogue/hostile");
    }

    /** One damage, and in every fourth case a second one. */
    private Stimulus stimulus(String id, String group, Damage damage) {
        Seeded seeded = Seeded.by(id);
        boolean second = seeded.integer(0, 3) == 0;
        Stimulus.ModelRun damaged = hosts.of(group, id);
        if (second) {
            // Before the first, which may leave bytes that are no model.
            List<Damage.Named> readable =
                    damages.subList(0, damages.size() - ByteDamage.all().size());
            Stimulus.ModelRun twice = Odd.one(readable, seeded).damage().of(damaged, seeded);
            damaged = Hosts.isReadable(twice) ? twice : damaged;
        }
        return damage.of(damaged, seeded);
    }
}
