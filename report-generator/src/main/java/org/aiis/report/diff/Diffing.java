package org.aiis.report.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.groups.Likeness;
import org.aiis.report.scoreboard.Outcome;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;

/** Puts one bundle against an earlier one, as their files say it; whether they may be believed has been checked before. */
public final class Diffing {
    private final Bundle before;
    private final Bundle now;
    private final Rejudge rejudge;

    private Diffing(Bundle before, Bundle now, Rejudge rejudge) {
        this.before = before;
        this.now = now;
        this.rejudge = rejudge;
    }

    /**
     * What changed.
     *
     * @param names of the bundles, the earlier one first
     * @param wanted ids of the cases to be compared
     * @param progress told how many of the cases with other outputs have been measured
     * @throws InputException when the bundles have no case in common
     */
    public static BundleDiff between(
            List<String> names,
            Bundle before,
            Bundle now,
            Predicate<String> wanted,
            Rejudge rejudge,
            List<String> notes,
            LongConsumer progress) {
        return new Diffing(before, now, rejudge).diff(names, wanted, notes, progress);
    }

    private BundleDiff diff(List<String> names, Predicate<String> wanted, List<String> notes, LongConsumer progress) {
        Set<String> then = wanted(before, wanted);
        Set<String> here = wanted(now, wanted);
        Set<String> common = new TreeSet<>(then);
        common.retainAll(here);
        int named = common.size();
        common.removeIf(
                id -> !record(before, id).stimulus().equals(record(now, id).stimulus()));
        if (common.isEmpty()) {
            throw InputException.of(
                    "these bundles have no case in common" + (named == 0 ? "" : " that shows the same"),
                    "give bundles whose profile, --select and catalogue overlap: " + names.get(0) + " holds "
                            + then.size() + " such cases, " + names.get(1) + " holds " + here.size());
        }
        SortedMap<String, Turned> turned = turned(common);
        Set<String> other = common.stream()
                .filter(id -> !record(before, id)
                        .trace()
                        .outcome()
                        .equals(record(now, id).trace().outcome()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> drawn = other.stream()
                .filter(id -> !turned.containsKey(id) && Likeness.draws(rejudge.contents(id)))
                .collect(Collectors.toSet());
        Set<String> measured = new HashSet<>(other);
        measured.removeAll(drawn);
        SortedMap<String, Moved> moved = Moves.of(before, now, measured, rejudge, progress);
        Map<String, Integer> compared = new HashMap<>();
        common.forEach(id -> compared.merge(Movement.requirement(id), 1, Integer::sum));
        return new BundleDiff(
                side(names.get(0), before),
                side(names.get(1), now),
                common.size(),
                then.size() - named,
                here.size() - named,
                named - common.size(),
                common.size() - other.size(),
                drawn.size(),
                other.size() - drawn.size() - moved.size(),
                Surroundings.between(before, now),
                requirements(turned),
                List.copyOf(turned.values()),
                causes(turned),
                Movement.of(
                        moved.values().stream()
                                .filter(m -> !turned.containsKey(m.id()))
                                .toList(),
                        compared),
                List.copyOf(moved.values()),
                Placing.of(before, now, common),
                Times.of(before, now, common),
                notes);
    }

    private boolean proves(String id, String requirement) {
        List<String> proven = rejudge.requirements(id);
        return proven.isEmpty() ? Movement.requirement(id).equals(requirement) : proven.contains(requirement);
    }

    private static Set<String> wanted(Bundle bundle, Predicate<String> wanted) {
        return bundle.evidence().cases().keySet().stream()
                .filter(wanted)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CaseRecord record(Bundle bundle, String id) {
        return Objects.requireNonNull(bundle.evidence().cases().get(id));
    }

    private static BundleDiff.Side side(String name, Bundle bundle) {
        return new BundleDiff.Side(
                name,
                bundle.evidence().described().sut(),
                bundle.results().verdict(),
                bundle.results().line());
    }

    /** A case that did something else when one of the runs showed it again says nothing by turning. */
    private SortedMap<String, Turned> turned(Set<String> common) {
        Set<String> unsteady = new HashSet<>();
        before.results().flaky().forEach(f -> unsteady.add(f.id()));
        now.results().flaky().forEach(f -> unsteady.add(f.id()));
        SortedMap<String, Turned> turned = new TreeMap<>();
        for (String id : common) {
            CaseRecord then = record(before, id);
            CaseRecord here = record(now, id);
            Outcome was = Outcome.of(then.finding());
            Outcome is = Outcome.of(here.finding());
            if (was != is) {
                Turned.Direction direction =
                        unsteady.contains(id) ? Turned.Direction.FLAKY : Turned.Direction.of(was, is);
                turned.put(
                        id,
                        new Turned(
                                id,
                                was,
                                is,
                                direction,
                                told(direction == Turned.Direction.BETTER ? then : here),
                                here.line()));
            }
        }
        return turned;
    }

    private static String told(CaseRecord done) {
        String message = done.finding().message().isEmpty()
                ? done.seen()
                : done.finding().message();
        String own = message.startsWith(done.id() + ": ")
                ? message.substring(done.id().length() + 2)
                : message;
        return own.equals("rejected as unsupported") ? done.seen() : own;
    }

    private List<Cause> causes(SortedMap<String, Turned> turned) {
        List<Cause> causes = new ArrayList<>();
        for (Turned.Direction direction : Turned.Direction.values()) {
            causes.addAll(Cause.of(
                    direction, turned, before.results().groups(), now.results().groups()));
        }
        return causes;
    }

    private List<BundleDiff.RequirementTurned> requirements(SortedMap<String, Turned> cases) {
        Map<String, Results.RequirementResult> then = new TreeMap<>();
        before.results().requirements().forEach(r -> then.put(r.id(), r));
        List<BundleDiff.RequirementTurned> turned = new ArrayList<>();
        for (Results.RequirementResult here : now.results().requirements()) {
            Results.RequirementResult was = then.get(here.id());
            if (was != null && was.verdict() != here.verdict()) {
                turned.add(new BundleDiff.RequirementTurned(
                        here.id(), was.verdict(), here.verdict(), was.waived(), here.waived(), (int)
                                cases.keySet().stream()
                                        .filter(id -> proves(id, here.id()))
                                        .count()));
            }
        }
        turned.sort((a, b) -> a.now() != b.now() ? b.now().compareTo(a.now()) : a.id().compareTo(b.id()));
        return turned;
    }
}
